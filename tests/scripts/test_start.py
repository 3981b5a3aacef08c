"""`npm start`, as a person types it, in this checkout."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).parents[2]
STEPS = ["npm packages", "Build", "JupyterLab from PyPI", "ChatOps for JupyterLab"]


class Start:
    """A running `npm start`."""

    def __init__(self, *arguments, **variables):
        self.process = subprocess.Popen(
            ["node", "-r", "./scripts/node-version.cjs", "scripts/start.mjs", *arguments],
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""

    def until(self, pattern):
        """Read what it writes up to something."""
        for line in self.process.stdout:
            self.output += line
            if found := re.search(pattern, line):
                return found
        pytest.fail(f"{pattern} was not written:\n{self.output}")

    def stop(self, how):
        """End it with a signal; return its exit code."""
        self.process.send_signal(how)
        self.output += self.process.stdout.read()
        return self.process.wait()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def start():
    """Runs `npm start`; ends what still runs."""
    started = []

    def start(*arguments, **variables):
        started.append(Start(*arguments, **variables))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


@pytest.fixture
def ready(start, tmp_path):
    """A running `npm start` that has got as far as showing its address."""
    home = tmp_path / "home"
    (home / ".jupyter").mkdir(parents=True)
    (home / ".jupyter" / "jupyter_server_config.py").write_text("raise SystemExit('was read')")
    running = start(
        str(tmp_path / "bots"),
        f"--port={free_port()}",
        "--no-browser",
        HOME=str(home),
        PIP_CACHE_DIR=os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip")),
        npm_config_cache=os.environ.get("npm_config_cache", str(Path.home() / ".npm")),
        PYTHONPATH=str(tmp_path / "nowhere"),
        JUPYTER_CONFIG_DIR=str(home / ".jupyter"),
    )
    running.page = running.until(r"http://127\.0\.0\.1:\d+/lab\?chatops=workshop&token=\w+")[0]
    running.folder = tmp_path
    return running


def get(url):
    with urllib.request.urlopen(url) as response:
        return response.read().decode()


def api(page, path):
    return json.loads(get(page.replace("lab?", f"{path}?")))


def test_opens_jupyterlab_with_everything_in_it(ready):
    for step in STEPS:
        assert step in ready.output
    page = json.loads(re.search(r'id="jupyter-config-data"[^>]*>([^<]*)<', get(ready.page))[1])
    extensions = [extension["name"] for extension in page["federated_extensions"]]
    assert "jupyterlab-chatops" in extensions
    assert "@jupyterlab/apputils-extension:announcements" in page["disabledExtensions"]
    assert "chatops" in api(ready.page, "api/kernelspecs")["kernelspecs"]
    assert Path(page["serverRoot"]).expanduser() == ready.folder / "bots"


def test_lets_in_only_who_has_the_token(ready):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(re.sub(r"lab.*", "api/contents", ready.page))
    assert refused.value.code == 403


def test_leaves_the_persons_own_jupyter_alone(ready):
    api(ready.page, "api/contents")
    home = ready.folder / "home"
    assert sorted(f.relative_to(home).as_posix() for f in home.rglob("*")) == [
        ".jupyter",
        ".jupyter/jupyter_server_config.py",
    ]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ends_all_that_it_started(ready, how):
    pid = asyncio.run(use_the_bot(ready.page))
    assert is_alive(pid)
    assert ready.stop(how) == 0
    assert "Stopping JupyterLab, its kernels and the bot" in ready.output
    with pytest.raises(urllib.error.URLError):
        get(ready.page)
    wait_for(lambda: not is_alive(pid))


async def use_the_bot(page):
    """Be a panel, so that the bot is started; return the bot's process."""
    workspace = json.loads(re.search(r'"serverRoot": ("[^"]*")', get(page))[1])
    url = page.replace("http", "ws").replace("lab?", "chatops/connect?")
    panel = await websocket_connect(url)
    client = {"name": "test", "version": "0"}
    await panel.write_message(json.dumps({"type": "hello", "protocol": 1, "client": client}))
    assert json.loads(await panel.read_message())["type"] == "ready"
    ensure = [ROOT / ".venv/bin/chatops", "ensure", "--workspace", Path(workspace).expanduser()]
    return json.loads(subprocess.run(ensure, check=True, capture_output=True).stdout)["pid"]


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid):
    """Whether a process runs; one that has ended may wait a while to be noticed by its parent."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_has_nothing_to_do_the_second_time(ready, start):
    again = start(str(ready.folder / "bots"), "--no-browser")
    again.until("ChatOps is ready")
    for step in STEPS:
        assert f"{step}  up to date" in again.output
    assert again.stop(signal.SIGINT) == 0


def test_says_that_a_port_is_in_use(ready, start):
    port = re.search(r":(\d+)/", ready.page)[1]
    other = start(str(ready.folder / "bots"), f"--port={port}", "--no-browser")
    other.until(f"The port {port} is in use: choose another one with --port.")
    assert other.process.wait() == 1


def test_says_that_a_workspace_is_no_folder(start, tmp_path):
    (tmp_path / "file").touch()
    refused = start(str(tmp_path / "file"), "--no-browser")
    refused.until(r"The workspace .*/file cannot be used: it is a file\.")
    assert refused.process.wait() == 1


def test_explains_itself(start):
    helped = start("--help")
    helped.until("Usage: npm start")
    assert helped.process.wait() == 0
