"""After `pip install` in a clean environment, everything works."""

import asyncio
import json
import re
import socket
import subprocess
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).parents[2]
VERSION = json.loads((ROOT / "package.json").read_text())["version"]


def test_jupyterlab_finds_the_extension(environment):
    listed = environment.run("jupyter", "labextension", "list")
    assert re.search(rf"jupyterlab-chatops v{re.escape(VERSION)} .*enabled.*OK", listed), listed


def test_jupyter_finds_the_kernel(environment):
    listed = json.loads(environment.run("jupyter", "kernelspec", "list", "--json"))
    kernel = listed["kernelspecs"]["chatops"]
    assert Path(kernel["resource_dir"]).is_relative_to(environment.folder)
    assert kernel["spec"]["language"] == "typescript"


def test_jupyter_server_loads_the_relay(environment):
    listed = environment.run("jupyter", "server", "extension", "list")
    assert re.search(rf"jupyterlab_chatops {re.escape(VERSION)} .*OK", listed), listed


def test_the_command_line_is_there(environment):
    assert VERSION in environment.run("chatops", "version")


def test_uninstalling_leaves_nothing(environment, wheel):
    environment.run("python", "-m", "pip", "uninstall", "--quiet", "--yes", "jupyterlab-chatops")
    try:
        left = [f for f in environment.folder.rglob("*chatops*") if f != environment.workspace]
        assert left == []
    finally:
        environment.run("python", "-m", "pip", "install", "--quiet", "--no-deps", str(wheel))


@pytest.fixture
def server(environment):
    """JupyterLab in that environment; the address of the panel's websocket."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            environment.bin / "jupyter",
            "lab",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=secret",
            f"--ServerApp.root_dir={environment.workspace}",
            "--allow-root",
            "--no-browser",
        ],
        env=environment.variables,
        stderr=subprocess.DEVNULL,
    )
    yield process, f"ws://127.0.0.1:{port}/chatops/connect?token=secret"
    process.terminate()
    process.wait()


def test_the_panel_reaches_the_bot(server, environment):
    process, url = server
    asyncio.run(talk(process, url, environment.workspace))


async def talk(process, url, workspace):
    while True:
        assert process.poll() is None
        try:
            panel = await websocket_connect(url)
            break
        except OSError:
            await asyncio.sleep(0.1)
    client = {"name": "test", "version": VERSION}
    hello = {"type": "hello", "protocol": 1, "client": client, "rooms": [{"room": "general"}]}
    await panel.write_message(json.dumps(hello))
    ready = json.loads(await panel.read_message())
    assert ready["type"] == "ready", ready
    assert Path(ready["workspace"]) == workspace.resolve()
    say = {"type": "say", "id": "1", "room": "general", "text": "help"}
    await panel.write_message(json.dumps(say))
    said = []
    while True:
        frame = json.loads(await panel.read_message())
        assert frame["type"] != "error", frame
        if frame["type"] == "message":
            said.append(frame["message"]["user"].get("bot", False))
        elif frame["type"] == "handled":
            break
    assert said == [False, True]
    assert frame["handled"]["outcome"] == "answered"
