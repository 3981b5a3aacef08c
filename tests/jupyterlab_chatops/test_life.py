"""How long a bot lives: as long as the server, no longer, and again after a crash."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from tornado.websocket import websocket_connect

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


async def test_says_that_the_bot_is_gone(panel, workspace):
    socket = await panel()
    workspace.kill()
    error = json.loads(await socket.read_message())["error"]
    assert error["code"] == "CHATOPS_BOT_GONE"
    assert await socket.read_message() is None
    assert socket.close_code == 4503


async def test_starts_the_bot_again(panel, workspace, relay, clock):
    await panel()
    first = workspace.pid
    workspace.kill()
    await relay.attending
    # It had not lived for long.
    clock.seconds += 1
    await panel()
    assert workspace.pid != first


async def test_holds_the_bot_between_two_panels(panel, workspace):
    (await panel()).close()
    await workspace.until("close", "/chatops")
    await panel()
    assert len(workspace.diary("ensure")) == 1
    assert len(workspace.diary("open", "/presence")) == 1


async def test_ends_the_bot_and_waits_for_it(jp_serverapp, panel, workspace):
    await panel()
    await jp_serverapp.cleanup_extensions()
    assert len(workspace.diary("terminated")) == 1


async def test_spares_a_bot_that_a_person_started(jp_serverapp, panel, workspace):
    workspace.behave(managed=False)
    await panel()
    await jp_serverapp.cleanup_extensions()
    await workspace.until("close", "/presence")
    assert workspace.diary("terminated") == []


async def test_starts_no_bot_while_the_server_stops(jp_serverapp, refusal, workspace):
    await jp_serverapp.cleanup_extensions()
    error, _code = await refusal()
    assert error["code"] == "CHATOPS_BOT_GONE"
    assert workspace.diary("ensure") == []


async def test_ends_a_bot_that_is_just_being_started(jp_serverapp, connect, workspace):
    socket = await connect()
    await workspace.until("ensure")
    await jp_serverapp.cleanup_extensions()
    assert len(workspace.diary("terminated")) == 1
    socket.close()


async def test_ends_a_start_that_hangs(jp_serverapp, connect, workspace, monkeypatch):
    monkeypatch.setattr("jupyterlab_chatops.bot.STOP_TIMEOUT", 0.1)
    workspace.behave(hang=True)
    socket = await connect()
    await workspace.until("ensure")
    await jp_serverapp.cleanup_extensions()
    error = json.loads(await socket.read_message())["error"]
    assert error["code"] == "CHATOPS_BOT_START"


class Server:
    """A Jupyter Server as a process of its own, with one panel connected."""

    def __init__(self, folder, port):
        self.url = f"127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyter_server",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=secret",
                "--ServerApp.jpserver_extensions={'jupyterlab_chatops': True}",
                f"--ServerApp.root_dir={folder}",
                "--allow-root",
                "--no-browser",
            ],
            env={**os.environ, "PYTHONPATH": ROOT},
            stderr=subprocess.DEVNULL,
        )

    async def panel(self):
        url = f"ws://{self.url}/chatops/connect?token=secret"
        while True:
            assert self.process.poll() is None
            try:
                self.socket = await websocket_connect(url)
                break
            except OSError:
                await asyncio.sleep(0.05)
        await self.socket.write_message("hello")
        assert await self.socket.read_message() == "hello"

    def post_shutdown(self):
        headers = {"Authorization": "token secret"}
        url = f"http://{self.url}/api/shutdown"
        urllib.request.urlopen(urllib.request.Request(url, method="POST", headers=headers))


@pytest.fixture
def server(jp_environ, jp_server_config, workspace, jp_asyncio_loop):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server(workspace.folder, port)
    jp_asyncio_loop.run_until_complete(server.panel())
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.process.wait()


@pytest.mark.parametrize(
    "shut_down",
    [
        lambda server: server.process.terminate(),
        lambda server: server.post_shutdown(),
    ],
    ids=["SIGTERM", "/api/shutdown"],
)
async def test_ends_with_the_server(server, workspace, shut_down):
    await asyncio.to_thread(shut_down, server)
    await asyncio.to_thread(server.process.wait)
    assert len(workspace.diary("terminated")) == 1


async def test_lets_go_of_the_bot_when_the_server_is_killed(server, workspace):
    os.kill(server.process.pid, signal.SIGKILL)
    await workspace.until("close", "/presence")
    assert workspace.diary("terminated") == []
