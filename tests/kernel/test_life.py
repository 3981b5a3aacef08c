"""How a kernel ends, and that nothing is left of it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_client import BlockingKernelClient, KernelManager

DIST = Path(__file__).resolve().parents[2] / "dist"


def test_shutdown_is_answered_and_then_done(fresh_kernel, wait_until):
    process = psutil.Process(fresh_kernel.pid)
    fresh_kernel.run("setInterval(() => {}, 1000); require('node:net').createServer().listen(0)")
    reply = fresh_kernel.ask("shutdown_request", {"restart": False}, channel="control")
    assert reply == {"status": "ok", "restart": False}
    wait_until(lambda: not alive(process), "the process has ended")


def test_shutdown_of_a_session_that_does_not_listen(fresh_kernel, wait_until):
    process = psutil.Process(fresh_kernel.pid)
    msg_id = fresh_kernel.begin("console.log('begun'); while (true) {}")
    fresh_kernel.wait_for_text(msg_id, "begun")
    fresh_kernel.ask("shutdown_request", {"restart": False}, channel="control")
    wait_until(lambda: not alive(process), "the process has ended")


def test_restart_begins_anew(fresh_kernel):
    fresh_kernel.run("const old = 1")
    fresh_kernel.manager.restart_kernel()
    fresh_kernel.client.wait_for_ready(timeout=30)
    assert fresh_kernel.run("typeof old").value == "'undefined'"


@pytest.mark.skipif(os.name == "nt", reason="how the parent is killed")
def test_the_kernel_dies_with_its_parent(tmp_path, wait_until):
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from jupyter_client.manager import start_new_kernel\n"
            "manager, client = start_new_kernel(kernel_name='chatops')\n"
            "print(manager.provisioner.pid, flush=True)\n"
            "import time; time.sleep(600)",
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    kernel = psutil.Process(int(parent.stdout.readline()))
    assert alive(kernel)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not alive(kernel), "the kernel has ended")


def test_over_socket_files(tmp_path):
    manager = KernelManager(kernel_name="chatops", transport="ipc", ip=str(tmp_path / "kernel"))
    manager.start_kernel(cwd=str(tmp_path))
    client: BlockingKernelClient = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        msg_id = client.execute("6 * 7")
        reply = client.get_shell_msg(timeout=20)
        while reply["parent_header"]["msg_id"] != msg_id:
            reply = client.get_shell_msg(timeout=20)
        assert reply["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "Jupyter starts it"), (["nowhere.json"], "CHATOPS_KERNEL_CONNECTION")],
)
def test_started_by_hand_it_says_what_it_is(tmp_path, arguments, words):
    ended = subprocess.run(
        ["node", str(DIST / "kernel.cjs"), *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode != 0
    assert words in ended.stderr


def test_a_port_in_use_ends_the_kernel_with_a_message(tmp_path, fresh_kernel):
    file = tmp_path / "connection.json"
    file.write_text(Path(fresh_kernel.manager.connection_file).read_text())
    ended = subprocess.run(
        ["node", str(DIST / "kernel.cjs"), str(file)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert "EADDRINUSE" in ended.stderr


def test_the_kernelspec_is_complete():
    spec = json.loads((DIST / "kernel.json").read_text())
    assert spec["argv"] == [
        "node",
        "--no-force-async-hooks-checks",
        "{resource_dir}/kernel.cjs",
        "{connection_file}",
    ]
    assert spec["display_name"] == "TypeScript (ChatOps)"
    assert spec["language"] == "typescript"
    assert spec["interrupt_mode"] == "message"
    for logo, magic in [("logo-32x32.png", b"\x89PNG"), ("logo-64x64.png", b"\x89PNG"), ("logo-svg.svg", b"<svg")]:
        assert (DIST / logo).read_bytes().startswith(magic)


def alive(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def started(tmp_path):
    """A kernel that nobody has talked to."""
    manager = KernelManager(kernel_name="chatops")
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_request_that_comes_before_anyone_listens_to_the_output_waits(started):
    started.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
    msg_id = started.execute("console.log('heard')")
    started.start_channels(shell=False, iopub=True, stdin=False, hb=False, control=False)
    texts = []
    state = None
    while state != "idle":
        message = started.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") == msg_id:
            state = message["content"].get("execution_state", state)
            texts.append(message["content"].get("text"))
    assert "heard\n" in texts


def test_a_client_that_never_listens_to_the_output_is_answered(started):
    started.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
    msg_id = started.execute("1 + 1")
    reply = started.get_shell_msg(timeout=30)
    assert (reply["parent_header"]["msg_id"], reply["content"]["status"]) == (msg_id, "ok")
