"""Where the bot and the Node that runs it are on this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_path

from .errors import chatops_error

REQUIRED_NODE = (20, 19)


def find_bot() -> str:
    """Find the bot's program: beside the kernel `chatops`, or in the folder `CHATOPS_HOME`.

    Raises ChatOpsError `CHATOPS_INSTALLATION`.
    """
    home = os.environ.get("CHATOPS_HOME")
    for folder in [home] if home else jupyter_path("kernels", "chatops"):
        program = Path(folder, "chatops.cjs")
        if program.is_file():
            return str(program)
    raise chatops_error(
        "CHATOPS_INSTALLATION", file=str(Path(home or "kernels/chatops", "chatops.cjs"))
    )


def find_node(configured: str = "") -> str:
    """Find a Node that is new enough: the configured one, or the first on the PATH.

    Raises ChatOpsError `CHATOPS_NODE_MISSING` or `CHATOPS_NODE_VERSION`.
    """
    # A Node that came with pip lies beside Python, which need not be on the PATH.
    folders = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    node = shutil.which(configured or "node", path=folders)
    if node is None:
        raise chatops_error("CHATOPS_NODE_MISSING")
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
        found = answer.stdout.strip().removeprefix("v")
        version = tuple(int(part) for part in found.split(".")[:2])
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise chatops_error("CHATOPS_NODE_MISSING") from error
    if version < REQUIRED_NODE:
        raise chatops_error("CHATOPS_NODE_VERSION", found=found)
    return node
