"""The kernel in a terminal: `jupyter console`, with the keys that a hand would press."""

import os
import re
import signal
import sys

import pytest

pexpect = pytest.importorskip("pexpect", reason="terminals of this kind are for POSIX systems")

PATIENCE = 60


class Console:
    """A terminal with `jupyter console` in it."""

    def __init__(self, folder):
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "jupyter_console", "--kernel", "chatops", "--simple-prompt"],
            cwd=str(folder),
            env={**os.environ, "TERM": "dumb", "NO_COLOR": "1"},
            encoding="utf-8",
            timeout=PATIENCE,
            dimensions=(40, 200),
        )
        self.before()

    def before(self):
        """What was shown before the next prompt."""
        self.child.expect(r"In \[\d+\]: ")
        return re.sub(r"\x1b\[[0-9;]*m", "", self.child.before)

    def type(self, line):
        self.child.sendline(line)
        return self.before()

    def close(self):
        self.child.close(force=True)


@pytest.fixture
def console(tmp_path):
    console = Console(tmp_path)
    yield console
    console.close()


def test_cells_share_a_session_and_results_are_shown(console):
    console.type("const greeting: string = 'hello'")
    assert "Out[2]: 'hello there'" in console.type("greeting + ' there'")
    assert "printed" in console.type("console.log('printed')")


def test_an_error_shows_its_line(console):
    shown = console.type("const n: number = undefinedName")
    assert "ReferenceError" in shown
    assert "undefinedName is not defined" in shown


def test_ctrl_c_stops_a_loop_and_the_session_stays(console):
    console.type("let kept = 41")
    console.child.sendline("console.log('be' + 'gun'); while (true) {}")
    console.child.expect("begun")
    console.child.kill(signal.SIGINT)
    console.before()
    assert "42" in console.type("kept + 1")


@pytest.mark.parametrize("word", ["exit", "quit()", "%exit"])
def test_it_can_be_left(console, word):
    console.child.sendline(word)
    console.child.expect(pexpect.EOF)


def test_a_variable_of_that_name_is_one(console):
    console.type("const exit = 'the door'")
    assert "'the door'" in console.type("exit")
