"""The command `chatops` of a Python environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAKE_BOT = Path(__file__).parent / "fake_bot"


@pytest.fixture
def chatops():
    """Runs `chatops` with arguments and a changed environment."""

    def chatops(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-c", "from jupyterlab_chatops.command import main; main()", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), "CHATOPS_HOME": str(FAKE_BOT), **environment},
            capture_output=True,
            text=True,
        )

    return chatops


def test_hands_over_arguments_and_exit_code(chatops):
    done = chatops("skill", "a b", "--x", "ü")
    assert json.loads(done.stdout) == ["skill", "a b", "--x", "ü"]
    assert done.returncode == 3


def test_says_what_to_install_when_node_is_missing(chatops, tmp_path):
    done = chatops("version", PATH=str(tmp_path))
    assert done.returncode == 1
    assert "Install Node 20.19 or newer" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_says_what_to_install_when_node_is_too_old(chatops, fake_node):
    done = chatops("version", PATH=os.path.dirname(fake_node("20.18.3")) + os.pathsep + "/bin")
    assert done.returncode == 1
    assert "Node 20.18.3 is too old" in done.stderr
    assert len(done.stderr.splitlines()) == 1
