"""The same with the real bot, once `npm run build` has made it."""

import json
import os
import signal
from pathlib import Path

import pytest

DIST = Path(__file__).parents[2] / "dist"

pytestmark = pytest.mark.skipif(
    not (DIST / "chatops.cjs").exists(), reason="needs `npm run build`"
)


@pytest.fixture
def jp_server_config(tmp_path_factory, monkeypatch):
    """Loads our extension with the real bot, whose socket lies in a folder of its own."""
    monkeypatch.setenv("CHATOPS_HOME", str(DIST))
    monkeypatch.setenv("CHATOPS_WORKSPACE", "")
    monkeypatch.setenv("CHATOPS_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    return {"ServerApp": {"jpserver_extensions": {"jupyterlab_chatops": True}}}


@pytest.fixture
def greet(connect):
    """Opens a panel's websocket and says hello; returns it with the bot's first frame."""

    async def greet(**options):
        socket = await connect(**options)
        client = {"name": "test", "version": "0"}
        hello = {"type": "hello", "protocol": 1, "client": client, "rooms": [{"room": "general"}]}
        await socket.write_message(json.dumps(hello))
        ready = await next_frame(socket)
        assert ready["type"] == "ready", ready
        return socket, ready

    return greet


async def next_frame(socket):
    return json.loads(await socket.read_message())


async def frame_of(socket, kind):
    """The next frame of one type; those that tell who is there and the like are passed by."""
    while (frame := await next_frame(socket))["type"] != kind:
        pass
    return frame


async def say(socket, text):
    """Say something, and return all that comes of it."""
    frame = {"type": "say", "id": text, "room": "general", "text": text}
    await socket.write_message(json.dumps(frame))
    frames = []
    while not frames or frames[-1]["type"] != "handled":
        frames.append(await next_frame(socket))
    return frames


async def test_talks_with_the_bot(greet, jp_root_dir):
    socket, ready = await greet()
    assert ready["workspace"] == str(jp_root_dir.resolve())
    frames = await say(socket, "help")
    assert frames[-1]["handled"]["outcome"] == "answered"
    assert any(f["type"] == "message" and f["message"]["user"].get("bot") for f in frames)


async def test_answers_a_frame_that_is_too_large(greet):
    socket, _ready = await greet()
    await socket.write_message("x" * 2 * 1024 * 1024)
    frame = await frame_of(socket, "error")
    assert frame["error"]["code"] == "CHATOPS_FRAME_TOO_LARGE"


async def test_keeps_the_conversation_when_the_bot_is_killed(greet, relay):
    socket, ready = await greet()
    await say(socket, "hello")
    os.kill(relay.address["pid"], signal.SIGKILL)
    frame = await frame_of(socket, "error")
    assert frame["error"]["code"] == "CHATOPS_BOT_GONE"
    await relay.attending
    _socket, again = await greet(params={"start": "now"})
    assert again["journal"] == ready["journal"]
    assert again["rooms"] == [{"room": "general", "last": 1}]


async def test_ends_the_bot_with_the_server(greet, relay, jp_serverapp):
    socket, _ready = await greet()
    assert relay.address["managed"]
    await jp_serverapp.cleanup_extensions()
    assert relay.attending.done()
    assert relay.address is None
    assert await frame_of(socket, "goodbye") == {"type": "goodbye", "reason": "ending"}
    assert await socket.read_message() is None


async def test_passes_the_refusal_of_another_protocol(connect):
    socket = await connect()
    hello = {"type": "hello", "protocol": 0, "client": {"name": "old", "version": "0"}}
    await socket.write_message(json.dumps(hello))
    assert (await next_frame(socket))["error"]["code"] == "CHATOPS_PROTOCOL_VERSION"
    assert await socket.read_message() is None
    assert socket.close_code == 4400


async def test_says_why_the_bot_cannot_start(refusal, jp_serverapp, jp_root_dir):
    jp_root_dir.rmdir()
    error, code = await refusal()
    assert (error["code"], code) == ("CHATOPS_WORKSPACE", 4503)
    assert str(jp_root_dir) in error["message"]
