"""The workspace's bot as the relay sees it: a program that is asked for, and a websocket."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import time

from tornado.httpclient import HTTPRequest
from tornado.netutil import Resolver
from tornado.websocket import WebSocketClientConnection, websocket_connect

from .errors import ChatOpsError, chatops_error
from .installation import find_bot, find_node

# Seconds. The bot's program gives up on a start after 60 s itself, and then says why.
START_TIMEOUT = 90
LONGEST_REST = 10
STOP_TIMEOUT = 5
# A bot that has lived this long did not fail at its start.
SETTLED = 10
# A page of long messages may be large; the bot is ours and bounds it.
MAX_FRAME_BYTES = 100 * 1024 * 1024
LOG_LINES = 20


class Bot:
    """Finds or starts the bot of a workspace, holds it, and ends it."""

    def __init__(self, workspace: str, node: str, log):
        self.workspace = workspace
        self.node = node
        self.log = log
        self.address: dict | None = None
        self.presence: WebSocketClientConnection | None = None
        self.attending: asyncio.Task | None = None
        self.starting: asyncio.Task | None = None
        self.process: subprocess.Popen | None = None
        self.stopping = False
        self.failures = 0
        self.not_before = 0.0
        self.last_error = chatops_error("CHATOPS_BOT_GONE")

    async def connect(
        self, path: str, headers: dict[str, str], at_once: bool = False
    ) -> WebSocketClientConnection:
        """Open a websocket to the bot, which is started if it does not run.

        After a failure that is done again after a while, or when a person wants it `at_once`.
        Raises ChatOpsError, with the last lines of the bot's log where there are some.
        """
        address = self.address
        if address is None:
            if self.starting is None:
                if time.monotonic() < self.not_before and not at_once:
                    raise self.last_error
                # However many panels ask, one start answers them all.
                self.starting = asyncio.ensure_future(self.start())
            address = await asyncio.shield(self.starting)
        return await self.open(address, path, headers)

    async def start(self) -> dict:
        """Find or start the bot and hold it."""
        try:
            if self.stopping:
                raise chatops_error("CHATOPS_BOT_GONE")
            address = await asyncio.to_thread(self.ensure)
            self.presence = await self.open(address, "/presence", {"X-ChatOps-Client": "panel"})
        except ChatOpsError as error:
            self.postpone(error)
            self.log.warning("ChatOps: %s", error)
            raise
        else:
            self.address = address
            self.attending = asyncio.ensure_future(self.attend())
            return address
        finally:
            self.starting = None

    def ensure(self) -> dict:
        """Ask the bot's program where the bot is; it starts one if there is none."""
        command = [find_node(self.node), find_bot(), "ensure", "--workspace", self.workspace]
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                # Ctrl-C in the terminal is for Jupyter, which then stops the bot in good order.
                start_new_session=True,
            )
            output, log = self.process.communicate(timeout=START_TIMEOUT)
        except OSError as error:
            raise start_error(str(error), "") from error
        except subprocess.TimeoutExpired:
            self.process.kill()
            log = self.process.communicate()[1]
            raise start_error(f"it was not ready after {START_TIMEOUT} s", log) from None
        return read_answer(output, log, self.process.returncode)

    async def open(
        self, address: dict, path: str, headers: dict[str, str]
    ) -> WebSocketClientConnection:
        """Open a websocket to a path of a bot that runs."""
        if "socket" in address:
            host, resolver = "chatops", SocketFile(address["socket"])
        else:
            host, resolver = f"{address['host']}:{address['port']}", None
            headers = {**headers, "Authorization": f"Bearer {address['token']}"}
        request = HTTPRequest(f"ws://{host}{path}", headers=headers)
        try:
            return await websocket_connect(
                request, max_message_size=MAX_FRAME_BYTES, resolver=resolver
            )
        except Exception as error:
            # Sockets, HTTP and the handshake fail each in their own way; to the panel it is one.
            self.log.warning("ChatOps: no connection to %s of the bot: %r", path, error)
            raise chatops_error("CHATOPS_BOT_GONE") from error

    async def attend(self) -> None:
        """Hold the bot for as long as this server lives, and notice when it ends."""
        since = time.monotonic()
        while await self.presence.read_message() is not None:
            pass
        self.presence.close()
        self.address = None
        if time.monotonic() - since < SETTLED:
            self.postpone(chatops_error("CHATOPS_BOT_GONE"))
        else:
            self.failures = 0

    def postpone(self, error: ChatOpsError) -> None:
        """Let the next start wait: a second, and twice as long after each failure in a row."""
        self.last_error = error
        self.not_before = time.monotonic() + min(LONGEST_REST, 2**self.failures)
        self.failures += 1

    async def stop(self) -> None:
        """End the bot, unless a person started it, and wait for it a little."""
        self.stopping = True
        if self.starting:
            # A bot that is about to start would wait a minute for someone to come.
            await asyncio.wait({self.starting}, timeout=STOP_TIMEOUT)
            if self.starting and self.process:
                self.process.kill()
                await asyncio.wait({self.starting}, timeout=STOP_TIMEOUT)
        if self.address is None:
            return
        if self.address.get("managed"):
            with contextlib.suppress(OSError):
                os.kill(self.address["pid"], signal.SIGTERM)
            # Its end closes the presence connection, whatever becomes of its process id.
            ended, _ = await asyncio.wait({self.attending}, timeout=STOP_TIMEOUT)
            if not ended:
                self.log.warning("ChatOps: the bot has not ended after %s s", STOP_TIMEOUT)
        self.presence.close()


class SocketFile(Resolver):
    """Sends a connection to a socket file, whatever host it names."""

    def initialize(self, path: str) -> None:
        self.path = path

    async def resolve(self, host, port, family=socket.AF_UNSPEC):
        return [(socket.AF_UNIX, self.path)]


def read_answer(output: str, log: str, code: int) -> dict:
    """Read the one line of JSON in which the bot's program answers.

    Raises ChatOpsError: the one that the program tells of, or that it told of none.
    """
    try:
        answer = json.loads(output)
        if "error" in answer:
            raise ChatOpsError(answer["error"])
        if "socket" in answer or "port" in answer:
            return answer
    except (ValueError, TypeError, KeyError):
        pass
    raise start_error(f"its program ended with code {code}", log)


def start_error(reason: str, log: str) -> ChatOpsError:
    """Say that the bot could not be started, with the last lines of what it wrote."""
    return chatops_error("CHATOPS_BOT_START", log.splitlines()[-LOG_LINES:], reason=reason)
