"""The websocket between the chat panel and the bot. Frames pass as they are, both ways."""

import asyncio
import json
import re
from urllib.parse import quote

from jupyter_server.auth.decorator import authorized, ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from .bot import Bot
from .errors import ChatOpsError, chatops_error

# `closeCode.unavailable` of src/protocol/close-code.ts: try again later.
UNAVAILABLE = 4503


class PanelHandler(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """One panel's connection to the bot."""

    # The bot answers frames over 1 MiB with an error; only what it would cut off is cut off here.
    max_message_size = 8 * 1024 * 1024

    def initialize(self, bot: Bot):
        self.bot = bot
        self.connection = None

    def set_default_headers(self):
        """Leave out what Jupyter says about pages: a websocket has none."""

    # Whoever talks to the bot can make it run code, just as with a kernel.
    @ws_authenticated
    @authorized("execute", "kernels")
    async def get(self, *args, **kwargs):
        await super().get(*args, **kwargs)

    async def open(self):
        super().open()
        headers = {"X-ChatOps-Client": "panel", **self.user_header()}
        at_once = self.get_query_argument("start", "") == "now"
        try:
            self.connection = await self.bot.connect("/chatops", headers, at_once)
        except ChatOpsError as error:
            await self.refuse(error)
        else:
            self.relaying = asyncio.ensure_future(self.relay())

    async def on_message(self, frame):
        if self.connection:
            try:
                # Until the bot has taken it, no further frame is read from the browser.
                await self.connection.write_message(frame, binary=isinstance(frame, bytes))
            except WebSocketClosedError:
                pass  # `relay` sees it too, and tells the panel.

    def on_close(self):
        if self.connection:
            self.connection.close()

    async def relay(self):
        """Pass on what the bot sends, then its way of ending the connection."""
        connection = self.connection
        try:
            while (frame := await connection.read_message()) is not None:
                await self.write_message(frame, binary=isinstance(frame, bytes))
            if connection.close_code:
                self.close(connection.close_code, connection.close_reason)
            else:
                await self.refuse(chatops_error("CHATOPS_BOT_GONE"))
        except WebSocketClosedError:
            pass  # The browser has left.
        finally:
            connection.close()

    async def refuse(self, error: ChatOpsError):
        """Say why there is no bot, and close so that the panel tries again."""
        try:
            await self.write_message({"type": "error", "error": error.record})
        except WebSocketClosedError:
            return
        self.close(UNAVAILABLE)

    def user_header(self) -> dict[str, str]:
        """Say who this is, if Jupyter knows: a token proves no identity, and gets a made-up name."""
        user = self.current_user
        if re.fullmatch("[0-9a-f]{32}", user.username) and user.name.startswith("Anonymous "):
            return {}
        identity = {"id": user.username, "name": user.display_name}
        return {"X-ChatOps-User": quote(json.dumps(identity))}
