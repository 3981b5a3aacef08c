"""The kernels that are measured side by side, and a client that drives them over ZMQ."""

import importlib.metadata
import json
import os
import subprocess
import time
from pathlib import Path
from queue import Empty

import psutil
import zmq
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

PATIENCE = 60
LATE = 3
MEGABYTE = 1024 * 1024

# What is completed, and what must be among the answers. The number makes each text a new one.
COMPLETE = {
    "ipykernel": ("text{n} = ''; text{n}.startsw", "startswith"),
    "default": ("const text{n} = ''; text{n}.startsW", "startsWith"),
}


class Peer:
    """A kernel to measure."""

    def __init__(self, name, spec, why_not, version):
        self.name = name
        self.spec = spec
        self.why_not = why_not
        self.version = version
        self.starts = []
        self.patient_starts = []
        self.first_completions = []
        self.completions = []
        self.beside = []
        self.cells = []
        self.inside = []
        self.rows = {}

    def open(self, folder, reconnect=None):
        manager = KernelManager(kernel_name=self.spec)
        if reconnect is not None:
            manager.context.setsockopt(zmq.RECONNECT_IVL, reconnect)
        # What a kernel writes to its own terminal is none of the figures.
        manager.start_kernel(cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # A client makes itself a context of its own unless it is given one.
        client = manager.client(context=manager.context)
        client.start_channels()
        if reconnect is not None and client.shell_channel.socket.get(zmq.RECONNECT_IVL) != reconnect:
            raise RuntimeError("the client's sockets do not try again as often as was asked")
        return Running(manager, client)


class Running:
    """A kernel that runs, and its client."""

    def __init__(self, manager, client):
        self.manager = manager
        self.client = client

    def wait(self):
        """Waits until the kernel hears its client and is heard, without the client library's pauses."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            request = self.client.kernel_info()
            try:
                self.reply_to(request, timeout=1)
                self.client.get_iopub_msg(timeout=0.2)
                return
            except Empty:
                continue
        raise Empty

    def wait_as_library(self):
        """The same with them: it ends with a fifth of a second in which nothing comes."""
        self.client.wait_for_ready(timeout=PATIENCE)

    def reply_to(self, request, timeout=PATIENCE):
        while True:
            message = self.client.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def complete(self, kind, number):
        """Completes a text: the request, and what must be among the answers."""
        code, wanted = COMPLETE.get(kind, COMPLETE["default"])
        code = code.format(n=number)
        return self.client.complete(code, len(code)), wanted

    def run(self, code):
        """Runs a cell to its end: milliseconds, what was printed, and the milliseconds between busy and idle."""
        began = time.perf_counter()
        request = self.client.execute(code)
        text, busy, inside = [], None, None
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                text.append(message["content"]["text"])
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "busy":
                    busy = message["header"]["date"]
                if message["content"]["execution_state"] == "idle":
                    inside = (message["header"]["date"] - busy).total_seconds() * 1000 if busy else None
                    break
        took = (time.perf_counter() - began) * 1000
        self.client.get_shell_msg(timeout=PATIENCE)
        return took, "".join(text), inside

    def late_text(self):
        """What is still printed once the cell is said to be done."""
        text = []
        try:
            while True:
                message = self.client.get_iopub_msg(timeout=LATE)
                if message["msg_type"] == "stream":
                    text.append(message["content"]["text"])
        except Empty:
            return "".join(text)

    def memory(self, language_server=False):
        """Megabytes in use by the kernel's process and those below it, with or without TypeScript's server."""
        process = psutil.Process(self.manager.provisioner.pid)
        tree = [process, *process.children(recursive=True)]
        counted = [p for p in tree if language_server or not p.name().startswith("tsc")]
        return round(sum(p.memory_info().rss for p in counted) / MEGABYTE)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def find_peers(specs):
    """The kernels there are: ours, Python's, and those that were installed for the benchmark."""
    peers = [installed("ChatOps", "chatops"), installed("ipykernel", "python3")]
    others = json.loads(os.environ.get("BENCH_PEERS", "{}"))
    for key, program, argv in [
        ("tslab", "node_modules/.bin/tslab", ["kernel", "--config-path", "{connection_file}"]),
        ("deno", "bin/deno", ["jupyter", "--kernel", "--conn", "{connection_file}"]),
    ]:
        other = others.get(key, {"title": key, "version": "", "folder": "", "missing": "it was not installed"})
        file = Path(other["folder"]) / program
        why_not = other.get("missing")
        if why_not is None and not file.exists():
            why_not = "its package has no program for this machine"
        if why_not is not None:
            peers.append(Peer(other["title"], None, why_not, other["version"]))
            continue
        folder = specs / f"bench-{key}"
        folder.mkdir(parents=True)
        spec = {"argv": [str(file), *argv], "display_name": other["title"], "language": "typescript"}
        (folder / "kernel.json").write_text(json.dumps(spec))
        peers.append(Peer(other["title"], f"bench-{key}", None, other["version"]))
    return peers


def installed(name, spec):
    version = importlib.metadata.version("ipykernel") if name == "ipykernel" else ""
    try:
        KernelSpecManager().get_kernel_spec(spec)
    except NoSuchKernel:
        return Peer(name, None, "its kernelspec is not installed", version)
    return Peer(name, spec, None, version)


def names_in(completion):
    """The names of the answer to a completion; some kernels give what stands before the name as well."""
    return [match.rpartition(".")[2] for match in completion.get("matches", [])]
