"""`%%bash`: commands of the shell in a cell."""

import os
import shutil

import psutil
import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")


def test_it_runs_in_the_folder_and_prints_on_both_streams(kernel):
    (kernel.folder / "here.txt").write_text("")
    result = kernel.run("%%bash one 'two words'\nls\necho \"$2 €\" >&2")
    assert result.status == "ok"
    assert "here.txt" in result.text()
    assert result.text("stderr") == "two words €\n"


def test_output_appears_as_it_comes_and_an_interrupt_ends_all_of_it(kernel):
    msg_id = kernel.begin("%%bash\necho begun\nsleep 61 & sleep 62; echo never")
    kernel.wait_for_text(msg_id, "begun")
    kernel.interrupt()
    result = kernel.end(msg_id)
    assert result.reply["ename"] == "CHATOPS_CELL_INTERRUPTED"
    assert "never" not in result.text()
    assert kernel.run("1 + 1").value == "2"


def test_a_command_that_fails_fails_the_cell(kernel):
    result = kernel.run("%%bash\necho before\nexit 3")
    assert result.text() == "before\n"
    assert result.reply["ename"] == "CHATOPS_CELL_BASH"
    assert "exit code 3" in result.reply["evalue"]


def test_it_shares_the_sessions_environment(kernel):
    kernel.run("process.env.GREETING = 'hallo'")
    assert kernel.run("%%bash\necho $GREETING").text() == "hallo\n"


@pytest.mark.skipif(os.name == "nt", reason="how processes are told apart")
def test_its_commands_end_with_the_kernel(fresh_kernel, wait_until):
    msg_id = fresh_kernel.begin("%%bash\necho begun\nexec sleep 63")
    fresh_kernel.wait_for_text(msg_id, "begun")
    children = psutil.Process(fresh_kernel.pid).children(recursive=True)
    fresh_kernel.stop()
    wait_until(lambda: not any(child.is_running() for child in children), "the commands have ended")
