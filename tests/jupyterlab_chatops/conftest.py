"""A Jupyter Server with our extension, beside a stand-in for the bot that keeps a diary."""

import asyncio
import json
import os
import signal
import time
from pathlib import Path

import pytest

pytest_plugins = ["pytest_jupyter.jupyter_server"]

FAKE_BOT = Path(__file__).parent / "fake_bot"


class Workspace:
    """The server's root folder, as the stand-in for the bot uses it."""

    def __init__(self, folder: Path):
        self.folder = folder

    def behave(self, **behaviour):
        """Tell the stand-in how to misbehave from now on."""
        (self.folder / "fake.json").write_text(json.dumps(behaviour))

    def diary(self, event: str, path: str | None = None) -> list[dict]:
        """Return what reached the stand-in, oldest first."""
        file = self.folder / "diary.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        entries = [json.loads(line) for line in lines]
        return [e for e in entries if e["event"] == event and path in (None, e.get("path"))]

    async def until(self, event: str, path: str | None = None) -> dict:
        """Wait for something to reach the stand-in."""
        deadline = time.monotonic() + 20
        while not (entries := self.diary(event, path)):
            assert time.monotonic() < deadline, f"no {event} {path or ''}"
            await asyncio.sleep(0.01)
        return entries[-1]

    @property
    def pid(self) -> int:
        """The process of the stand-in that was started last."""
        return json.loads((self.folder / "bot.json").read_text())["pid"]

    def kill(self):
        """End the stand-in as the system does when memory runs out."""
        os.kill(self.pid, signal.SIGKILL)


@pytest.fixture
def workspace(jp_root_dir):
    """The server's root folder."""
    return Workspace(jp_root_dir)


@pytest.fixture
def jp_server_config(jp_root_dir, monkeypatch):
    """Loads our extension, with the stand-in in the bot's place."""
    monkeypatch.setenv("CHATOPS_HOME", str(FAKE_BOT))
    # The extension sets it; this sets it back after the test.
    monkeypatch.setenv("CHATOPS_WORKSPACE", "")
    return {"ServerApp": {"jpserver_extensions": {"jupyterlab_chatops": True}}}


@pytest.fixture
def connect(jp_ws_fetch):
    """Opens a panel's websocket."""

    async def connect(**options):
        return await jp_ws_fetch("chatops", "connect", **options)

    return connect


@pytest.fixture
def panel(connect):
    """Opens a panel's websocket and sees that the bot answers."""

    async def panel(**options):
        socket = await connect(**options)
        # The stand-in sends everything back.
        await socket.write_message("hello")
        assert await socket.read_message() == "hello"
        return socket

    return panel


@pytest.fixture
def refusal(connect):
    """Opens a panel's websocket that is refused; returns the error and the close code."""

    async def refusal(**options):
        socket = await connect(**options)
        frame = json.loads(await socket.read_message())
        assert frame["type"] == "error"
        assert await socket.read_message() is None
        return frame["error"], socket.close_code

    return refusal


@pytest.fixture
def fake_node(tmp_path):
    """Makes a program that claims to be some version of Node."""

    def fake_node(version: str) -> str:
        program = tmp_path / "old" / "node"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\necho v{version}\n")
        program.chmod(0o755)
        return str(program)

    return fake_node


@pytest.fixture
def relay(jp_serverapp):
    """What the relay knows of the bot."""
    [extension] = jp_serverapp.extension_manager.extension_apps["jupyterlab_chatops"]
    return extension.bot


@pytest.fixture
def clock(monkeypatch):
    """The relay's clock, which stands still until it is set forward."""

    class Clock:
        seconds = 0.0

        def monotonic(self):
            return self.seconds

    clock = Clock()
    monkeypatch.setattr("jupyterlab_chatops.bot.time", clock)
    return clock


@pytest.fixture
def kernels(jp_environ, tmp_path, monkeypatch):
    """A folder of Jupyter kernels, in which the bot is installed beside its kernel."""
    folder = tmp_path / "share" / "jupyter" / "kernels"
    folder.mkdir(parents=True)
    (folder / "chatops").symlink_to(FAKE_BOT)
    monkeypatch.setenv("JUPYTER_PATH", str(folder.parent))
    return folder
