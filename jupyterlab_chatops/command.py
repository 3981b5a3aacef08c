"""The command `chatops` of a Python environment: hands its arguments to the bot's own program."""

import os
import subprocess
import sys

from .errors import ChatOpsError
from .installation import find_bot, find_node


def main() -> None:
    """Run `chatops`, in this very process where the system can."""
    try:
        command = [find_node(), find_bot(), *sys.argv[1:]]
    except ChatOpsError as error:
        sys.exit(f"chatops: {error}")
    if os.name == "posix":
        os.execv(command[0], command)
    try:
        sys.exit(subprocess.call(command))
    except KeyboardInterrupt:
        sys.exit(130)
