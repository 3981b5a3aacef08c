"""Runs the kernel that lies in the repository's own `dist/` folder, as Jupyter would find and start it."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 30


def pytest_configure(config):
    """Makes a folder of kernelspecs that Jupyter looks into, with the built kernel in it."""
    if not (ROOT / "dist" / "kernel.cjs").exists():
        raise pytest.UsageError("dist/kernel.cjs is missing: run `npm run build` first")
    folder = tempfile.mkdtemp(prefix="chatops-kernelspec-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    shutil.copytree(ROOT / "dist", Path(folder) / "kernels" / "chatops")
    os.environ["JUPYTER_PATH"] = folder
    # The bots of these tests work in the folders of the tests.
    os.environ.pop("CHATOPS_WORKSPACE", None)


class Result:
    """What one execution sent: its reply, and its outputs in order."""

    def __init__(self, reply, messages):
        self.reply = reply["content"]
        self.messages = messages

    @property
    def status(self):
        return self.reply["status"]

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    @property
    def value(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def traceback(self):
        return "\n".join(self.reply.get("traceback", []))


class Kernel:
    """A running kernel and a client of it."""

    def __init__(self, folder, environment=None):
        self.folder = folder
        self.manager, self.client = start_new_kernel(
            kernel_name="chatops", cwd=str(folder), env={**os.environ, **(environment or {})}
        )

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def begin(self, code, **options):
        return self.client.execute(code, **options)

    def end(self, msg_id, timeout=TIMEOUT):
        """Everything the request led to, up to `idle`."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    break
                continue
            if message["msg_type"] != "execute_input":
                messages.append(message)
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == msg_id:
                return Result(reply, messages)

    def run(self, code, timeout=TIMEOUT, **options):
        return self.end(self.begin(code, **options), timeout)

    def wait_for_text(self, msg_id, text):
        """Waits until a cell has printed something."""
        seen = ""
        while text not in seen:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["msg_type"] == "stream" and message["parent_header"]["msg_id"] == msg_id:
                seen += message["content"]["text"]

    def ask(self, msg_type, content, channel="shell", timeout=TIMEOUT):
        """Sends any request, and waits for its reply."""
        socket = getattr(self.client, f"{channel}_channel")
        message = self.client.session.msg(msg_type, content)
        socket.send(message)
        while True:
            reply = socket.get_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]

    def interrupt(self):
        """Interrupts, and waits until that is done."""
        return self.ask("interrupt_request", {}, channel="control")

    def stop(self, now=False):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=now)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """One kernel for all tests of a file."""
    running = Kernel(tmp_path_factory.mktemp("notebook"))
    yield running
    running.stop(now=True)


@pytest.fixture(scope="module")
def typed_kernel(tmp_path_factory):
    """A kernel in a folder that has TypeScript among its packages."""
    folder = tmp_path_factory.mktemp("typed")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "typescript").symlink_to(ROOT / "node_modules" / "typescript", True)
    running = Kernel(folder)
    yield running
    running.stop(now=True)


@pytest.fixture
def fresh_kernel(tmp_path):
    """A kernel of its own for a test that ends or disturbs it."""
    running = Kernel(tmp_path)
    yield running
    with suppress(Exception):
        running.stop(now=True)


@pytest.fixture
def wait_until():
    """Waits for a condition, as long as the slowest machine needs."""

    def wait(condition, what):
        deadline = time.monotonic() + TIMEOUT
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"never came true: {what}")
            time.sleep(0.02)

    return wait


@pytest.fixture
def no_more_messages():
    """The messages that still come on a client's channel of output."""

    def drain(client):
        messages = []
        with suppress(Empty):
            while True:
                messages.append(client.get_iopub_msg(timeout=0.2))
        return messages

    return drain
