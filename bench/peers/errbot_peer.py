"""Errbot with a backend that only counts; messages enter by `ErrBot.callback_message`.

Its thread pool is off (`BOT_ASYNC`), which makes it faster: nothing goes from one thread to another.
"""

import asyncio
import importlib
import json
import logging
import os
import sys
import tempfile
import types
from pathlib import Path

import workload
from errbot.backends.base import Message
from errbot.bootstrap import setup_bot

BACKEND = """
from errbot.backends.base import ONLINE, Person
from errbot.core import ErrBot


class Someone(Person):
    def __init__(self, name):
        self.name = name

    person = nick = fullname = client = email = aclattr = property(lambda self: self.name)

    def __str__(self):
        return self.name


class NullBackend(ErrBot):
    replies = 0
    mode = "counting"

    def __init__(self, config):
        super().__init__(config)
        self.bot_identifier = self.build_identifier("bot")

    def send_message(self, message):
        super().send_message(message)
        self.replies += 1

    def build_identifier(self, name):
        return Someone(name)

    def build_reply(self, message, text=None, private=False, threaded=False):
        reply = self.build_message(text)
        reply.frm = self.bot_identifier
        reply.to = message.frm
        return reply

    def serve_forever(self):
        pass

    def connect(self):
        pass

    def change_presence(self, status=ONLINE, message=""):
        pass

    def prefix_groupchat_reply(self, message, identifier):
        pass

    def query_room(self, room):
        pass

    def rooms(self):
        return []
"""

PLUGIN = """
import json
import re
from pathlib import Path

from errbot import BotPlugin, re_botcmd


def command(number, pattern):
    @re_botcmd(pattern=pattern, prefixed=False, flags=re.IGNORECASE, name=f"deploy_{number}")
    def deploy(self, message, match):
        return f"Deploying service-{number} to {match.group(1)}"

    return deploy


PATTERNS = json.loads((Path(__file__).parent / "patterns.json").read_text())


class Deploy(BotPlugin):
    for _number, _pattern in enumerate(PATTERNS):
        locals()[f"deploy_{_number}"] = command(_number, _pattern)
"""


def plug(name, module):
    return f"[Core]\nName = {name}\nModule = {module}\n\n[Python]\nVersion = 3\n"


def write(folder, files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)


def main():
    given, seconds = workload.read(sys.argv)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        patterns = json.dumps(given["patterns"])
        write(place / "backend", {"counting.plug": plug("Counting", "counting"), "counting.py": BACKEND})
        write(
            place / "plugins",
            {"deploy.plug": plug("Deploy", "deploy"), "deploy.py": PLUGIN, "patterns.json": patterns},
        )
        config = types.SimpleNamespace(**vars(importlib.import_module("errbot.config-template")))
        config.BOT_DATA_DIR = name
        config.BOT_LOG_FILE = None
        config.BOT_LOG_LEVEL = logging.ERROR
        config.BOT_ADMINS = ("admin",)
        config.BOT_ASYNC = False
        config.STORAGE = "Memory"
        config.BOT_EXTRA_BACKEND_DIR = str(place / "backend")
        config.BOT_EXTRA_PLUGIN_DIR = str(place / "plugins")
        # All that are about messages; the others look for new versions and serve web pages.
        config.CORE_PLUGINS = ("ACLs", "CommandNotFoundFilter", "Help", "Utils")
        bot = setup_bot("Counting", logging.getLogger(""), config)
        bot.connect_callback()
        if "deploy_0" not in bot.re_commands:
            sys.exit("Errbot did not load the commands")
        ann = bot.build_identifier("ann")

        def say(text):
            bot.callback_message(Message(text, frm=ann, to=bot.bot_identifier))

        asyncio.run(workload.measure(given["texts"], seconds, say, lambda: bot.replies))
        # Its threads would keep the process.
        sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
