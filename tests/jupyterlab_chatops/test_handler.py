"""What passes between the panel and the bot, and what does not."""

import asyncio
import json
from urllib.parse import unquote

import pytest
from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.httpclient import HTTPClientError

from jupyterlab_chatops.handler import PanelHandler


class Hub(IdentityProvider):
    """Knows everyone, as JupyterHub's does."""

    def get_user(self, handler):
        return User(username="zoe", name="Zoë Müller", display_name="Zoë")


class Nobody(Authorizer):
    """Lets nobody run code."""

    def is_authorized(self, handler, user, action, resource):
        return (action, resource) != ("execute", "kernels")


async def status_of(connecting) -> int:
    with pytest.raises(HTTPClientError) as refused:
        await connecting
    return refused.value.code


async def test_refuses_who_is_not_logged_in(connect):
    assert await status_of(connect(headers={"Authorization": "token wrong"})) == 403


async def test_refuses_who_may_not_run_code(jp_serverapp, connect):
    jp_serverapp.web_app.settings["authorizer"] = Nobody()
    assert await status_of(connect()) == 403


async def test_refuses_pages_of_other_sites(jp_serverapp, jp_fetch, connect, panel, jp_http_port):
    # Its usual name holds the host's, of which a test has two.
    jp_serverapp.identity_provider.cookie_name = "login"
    response = await jp_fetch("api", "me")
    cookies = [cookie.split(";")[0] for cookie in response.headers.get_list("Set-Cookie")]
    # The browser's own login: no token in the request.
    login = {"Authorization": "", "Cookie": "; ".join(cookies)}
    await panel(headers={**login, "Origin": f"http://localhost:{jp_http_port}"})
    assert await status_of(connect(headers={**login, "Origin": "https://evil.example"})) == 403


async def test_passes_no_header_of_the_browser(panel, workspace):
    sent = {"Cookie": "session=private", "X-Mine": "private", "User-Agent": "private"}
    await panel(headers=sent)
    [opened] = workspace.diary("open", "/chatops")
    assert opened["headers"]["x-chatops-client"] == "panel"
    assert not opened["headers"].keys() & {"cookie", "authorization", "x-mine", "x-chatops-user"}
    assert "private" not in json.dumps(opened)


@pytest.mark.parametrize("jp_argv", [[f"--ServerApp.identity_provider_class={__name__}.Hub"]])
async def test_tells_the_bot_who_jupyter_knows(jp_serverapp, panel, workspace):
    await panel()
    user = workspace.diary("open", "/chatops")[0]["headers"]["x-chatops-user"]
    assert user.isascii()
    assert json.loads(unquote(user)) == {"id": "zoe", "name": "Zoë"}


async def test_keeps_the_order_of_frames(connect):
    socket = await connect()
    for number in range(500):
        socket.write_message(str(number))
    assert [await socket.read_message() for _ in range(500)] == [str(n) for n in range(500)]
    await socket.write_message("count 500")
    assert [await socket.read_message() for _ in range(500)] == [str(n) for n in range(500)]


@pytest.mark.parametrize("frame", ["", "ünï ✓", b"\x00\xff"])
async def test_passes_frames_as_they_are(connect, frame):
    socket = await connect()
    await socket.write_message(frame, binary=isinstance(frame, bytes))
    assert await socket.read_message() == frame


async def test_passes_large_frames(connect):
    socket = await connect()
    await socket.write_message("x" * 2 * 1024 * 1024)
    assert len(await socket.read_message() or "") == 2 * 1024 * 1024


async def test_passes_the_bots_close_code(connect):
    socket = await connect()
    await socket.write_message("close 4400 because")
    assert await socket.read_message() == "last words"
    assert await socket.read_message() is None
    assert (socket.close_code, socket.close_reason) == (4400, "because")


async def test_tells_the_bot_that_the_browser_left(panel, workspace):
    (await panel()).close()
    await workspace.until("close", "/chatops")


@pytest.mark.parametrize("jp_base_url", ["/user/alice/"])
async def test_works_below_a_base_url(panel):
    await panel()


async def test_goes_on_pinging_the_browser(jp_serverapp, connect):
    jp_serverapp.web_app.settings["ws_ping_interval"] = 10
    socket = await connect()
    pings = asyncio.Queue()
    socket.on_ping = pings.put_nowait
    for _ in range(3):
        await asyncio.wait_for(pings.get(), 8)


class Connection:
    """A connection whose other side takes a frame only when it is told to."""

    def __init__(self, frames=()):
        self.frames = list(frames)
        self.read = 0
        self.taken = asyncio.Event()
        self.close_code = self.close_reason = None

    async def read_message(self):
        self.read += 1
        return self.frames.pop(0) if self.frames else None

    async def write_message(self, frame, binary):
        await self.taken.wait()

    def close(self, code=None, reason=None):
        pass


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_reads_no_further_than_the_browser_takes():
    handler = object.__new__(PanelHandler)
    browser = Connection()
    handler.connection = Connection(["1", "2", "3"])
    handler.write_message, handler.close = browser.write_message, browser.close
    relaying = asyncio.ensure_future(handler.relay())
    await settle()
    assert handler.connection.read == 1
    handler.connection.close_code = 1000
    browser.taken.set()
    await relaying
    assert handler.connection.read == 4


async def test_reads_no_further_than_the_bot_takes():
    handler = object.__new__(PanelHandler)
    handler.connection = Connection()
    # Jupyter reads the next frame when this is done.
    taking = asyncio.ensure_future(handler.on_message("1"))
    await settle()
    assert not taking.done()
    handler.connection.taken.set()
    await taking
