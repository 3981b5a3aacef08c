"""opsdroid with a connector that only counts; messages enter by `OpsDroid.parse`."""

import logging
import sys

import workload
from opsdroid.cli.utils import configure_lang
from opsdroid.connector import Connector, register_event
from opsdroid.core import OpsDroid
from opsdroid.events import Message
from opsdroid.matchers import match_regex


class NullConnector(Connector):
    """Takes what is said to it and does nothing with it."""

    replies = 0

    @register_event(Message)
    async def send_message(self, message):
        NullConnector.replies += 1


def skill(number, pattern):
    @match_regex(pattern, case_sensitive=False)
    async def deploy(opsdroid, config, message):
        await message.respond(f"Deploying service-{number} to {message.regex.group(1)}")

    return deploy


def main():
    given, seconds = workload.read(sys.argv)
    logging.disable(logging.WARNING)
    # As its command does before anything else.
    configure_lang({})
    with OpsDroid(config={}) as opsdroid:
        connector = NullConnector({"name": "null"}, opsdroid=opsdroid)
        opsdroid.connectors = [connector]
        for number, pattern in enumerate(given["patterns"]):
            opsdroid.register_skill(skill(number, pattern), config={"name": f"service{number}"})

        def say(text):
            message = Message(text=text, user="Ann", user_id="ann", target="general", connector=connector)
            return opsdroid.parse(message)

        opsdroid.eventloop.run_until_complete(
            workload.measure(given["texts"], seconds, say, lambda: NullConnector.replies)
        )


if __name__ == "__main__":
    main()
