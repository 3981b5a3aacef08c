"""The kernel side by side with others: ipykernel, and tslab and Deno's as npm has them.

Every kernel is driven over ZMQ by the same client, in turns, so that a busy machine is busy for all
of them. tslab comes from npm and Deno from PyPI, which `bench/run.mjs` has installed. One that cannot be
had here is left out, and the notes say why.
"""

import json
import os
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench/support"))

from kernels import PATIENCE, Running, find_peers, names_in  # noqa: E402

STARTS = int(os.environ.get("BENCH_STARTS", "7"))
CELLS = int(os.environ.get("BENCH_RUNS", "200"))
LINES = int(os.environ.get("BENCH_LINES", "100000"))
COMPLETIONS = 20
WARM_UP = 10

# How long a client waits before it tries again where nobody listens yet, in milliseconds; libzmq's own
# choice of 100 to 200 would be most of the figure.
RECONNECT = 5

PRINT = {
    "ipykernel": "for i in range({lines}): print('line', i)",
    "default": "for (let i = 0; i < {lines}; i++) console.log('line', i)",
}


def main():
    # What was started is ended by each `finally`, also when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        specs = Path(folder) / "kernels"
        os.environ["JUPYTER_PATH"] = os.pathsep.join([folder, os.environ.get("JUPYTER_PATH", "")])
        peers = find_peers(specs)
        notebook = Path(folder) / "notebook"
        (notebook / "node_modules").mkdir(parents=True)
        (notebook / "node_modules" / "typescript").symlink_to(ROOT / "node_modules" / "typescript", True)
        os.chdir(notebook)
        present = [peer for peer in peers if peer.spec]
        for number in range(STARTS):
            tell(f"start {number + 1} of {STARTS}")
            for peer in present:
                peer.starts.append(time_to_first_cell(peer, notebook, Running.wait, RECONNECT))
                peer.patient_starts.append(time_to_first_cell(peer, notebook, Running.wait_as_library))
        for number in range(STARTS):
            tell(f"completions {number + 1} of {STARTS}")
            for peer in present:
                measure_completions(peer, notebook)
        tell(f"{CELLS} cells")
        measure_cells(present, notebook)
        for peer in present:
            tell(f"{LINES:,} lines: {peer.name}")
            measure_output(peer, notebook)
        os.chdir("/")
        report(peers)


def time_to_first_cell(peer, folder, wait, reconnect=None):
    began = time.perf_counter()
    kernel = peer.open(folder, reconnect)
    try:
        wait(kernel)
        kernel.run("1 + 1")
        return (time.perf_counter() - began) * 1000
    finally:
        kernel.stop()


def measure_completions(peer, folder):
    """The first completion of a kernel with a cell right behind it, and those that follow."""
    kernel = peer.open(folder)
    try:
        kernel.wait()
        kernel.run("1 + 1")
        began = time.perf_counter()
        completion, wanted = kernel.complete(peer.name, 0)
        cell = kernel.client.execute("1 + 1")
        ended, answer = {}, None
        while len(ended) < 2:
            message = kernel.client.get_shell_msg(timeout=PATIENCE)
            parent = message["parent_header"].get("msg_id")
            ended[parent] = (time.perf_counter() - began) * 1000
            answer = message["content"] if parent == completion else answer
        if wanted in names_in(answer):
            peer.first_completions.append(ended[completion])
            peer.beside.append(ended[cell] < ended[completion])
        for number in range(1, COMPLETIONS + 1):
            began = time.perf_counter()
            request, wanted = kernel.complete(peer.name, number)
            if wanted in names_in(kernel.reply_to(request)):
                peer.completions.append((time.perf_counter() - began) * 1000)
    except Empty:
        peer.rows["completion"] = "never done"
    finally:
        kernel.stop()


def measure_cells(peers, folder):
    """Trivial cells, one of each kernel in turn, and the memory at their end."""
    running = {}
    for peer in peers:
        running[peer.name] = peer.open(folder)
        running[peer.name].wait()
    try:
        for number in range(WARM_UP + CELLS):
            for peer in list(peers):
                if "cell" in peer.rows:
                    continue
                try:
                    took, _, inside = running[peer.name].run("1 + 1")
                except Empty:
                    peer.rows["cell"] = f"never done at cell {number + 1}"
                    continue
                if number >= WARM_UP:
                    peer.cells.append(took)
                    peer.inside += [inside] if inside is not None else []
        for peer in peers:
            kernel = running[peer.name]
            peer.rows["memory"] = kernel.memory()
            if peer.name == "ChatOps":
                request = kernel.client.complete("const text = ''; text.sub", 25)
                while kernel.client.get_shell_msg(timeout=PATIENCE)["parent_header"]["msg_id"] != request:
                    pass
                peer.rows["with types"] = kernel.memory(language_server=True)
    finally:
        for kernel in running.values():
            kernel.stop()


def measure_output(peer, folder):
    code = PRINT.get(peer.name, PRINT["default"]).format(lines=LINES)
    kernel = peer.open(folder)
    try:
        kernel.wait()
        kernel.run("1")
        took, text, _ = kernel.run(code)
        there = text.count("\n")
        late = kernel.late_text().count("\n") if there < LINES else 0
        peer.rows["output"] = (took, there, late)
    except Empty:
        peer.rows["output"] = None
    finally:
        kernel.stop()


def tell(text):
    print(text, file=sys.stderr, flush=True)


def report(peers):
    ours, python, _, deno = peers
    cell, start = median_of(ours.cells), median_of(ours.starts)
    versions = [f"{peer.name} {peer.version}" for peer in peers[1:]]
    table = {
        "columns": ["", *(peer.name for peer in peers)],
        "rows": [
            ["from start to the first cell done, median, ms", *map(start_text, peers)],
            ["the same with jupyter_client's pauses, median, ms", *map(patient_start_text, peers)],
            ["a trivial cell over ZMQ, median, ms", *map(cell_text, peers)],
            ["the same, between busy and idle, median, ms", *(inside_text(peer, statistics.median) for peer in peers)],
            ["the same, mean, ms", *(inside_text(peer, statistics.mean) for peer in peers)],
            ["the first completion, median, ms", *map(first_completion_text, peers)],
            ["a later completion, median, ms", *map(completion_text, peers)],
            [f"{LINES:,} lines printed, until idle, ms", *map(output_text, peers)],
            ["lines there before idle", *map(lines_text, peers)],
            [f"memory after {CELLS} cells, MB", *map(memory_text, peers)],
            ["the same with the language server, MB", *map(types_text, peers)],
        ],
    }
    printed, there = output_of(ours)
    targets = [
        target("start, beside ipykernel", ratio(start, median_of(python.starts)), 0.5, " ×"),
        target("start, beside Deno", ratio(start, median_of(deno.starts)), 1.1, " ×"),
        target("a trivial cell, beside ipykernel", ratio(cell, median_of(python.cells)), 0.5, " ×"),
        target("a trivial cell, beside Deno", ratio(cell, median_of(deno.cells)), 1, " ×"),
        target("a trivial cell, inside the kernel, median", median_of(ours.inside), 1, " ms"),
        target("the first completion", median_of(ours.first_completions), 400, " ms"),
        target("a later completion", median_of(ours.completions), 50, " ms"),
        target(f"cells that waited for the first completion, of {STARTS}", waited(ours), 0),
        target(f"{LINES:,} lines, beside ipykernel", ratio(printed, output_of(python)[0]), 1.2, " ×"),
        target("lines not there before idle", None if there is None else LINES - there, 0),
        target("memory", ours.rows.get("memory"), 80, " MB"),
        target("memory with the language server", ours.rows.get("with types"), 230, " MB"),
    ]
    notes = [f"{peer.name} is left out: {peer.why_not}" for peer in peers if peer.why_not]
    notes += [
        f"{peer.name} does not know what was to be completed"
        for peer in peers
        if peer.spec and not peer.first_completions and "completion" not in peer.rows
    ]
    runs = f"{STARTS} starts and {CELLS} cells each, in turns"
    title = "The kernel beside others"
    figures = {"title": title, "runs": runs, "versions": versions, "tables": [table], "targets": targets}
    print(json.dumps({**figures, "notes": notes}))


def target(figure, measured, limit, unit=""):
    """A figure that may be as much as the limit at most."""
    wanted = {"figure": figure, "target": f"≤ {limit}{unit}"}
    if measured is None:
        return {**wanted, "measured": "–"}
    return {**wanted, "measured": f"{float(f'{measured:.3g}'):g}{unit}", "met": measured <= limit}


def ratio(one, other):
    return one / other if one is not None and other else None


def median_of(values):
    return statistics.median(values) if values else None


def output_of(peer):
    """How long the printing took, in milliseconds, and how many lines were there by then."""
    output = peer.rows.get("output")
    return output[:2] if output else (None, None)


def start_text(peer):
    return round(statistics.median(peer.starts)) if peer.starts else "–"


def patient_start_text(peer):
    return round(median_of(peer.patient_starts)) if peer.patient_starts else "–"


def first_completion_text(peer):
    return peer.rows.get("completion") or tenths(median_of(peer.first_completions))


def completion_text(peer):
    return peer.rows.get("completion") or tenths(median_of(peer.completions))


def tenths(value):
    return "–" if value is None else round(value, 1)


def waited(peer):
    """How many cells were not done before the completion that was asked for before them."""
    return STARTS - sum(peer.beside) if peer.beside else None


def cell_text(peer):
    return peer.rows.get("cell") or (round(statistics.median(peer.cells), 1) if peer.cells else "–")


def inside_text(peer, middle):
    return round(middle(peer.inside), 2) if peer.inside else "–"


def output_text(peer):
    if not peer.spec:
        return "–"
    output = peer.rows.get("output")
    return round(output[0]) if output else "never idle"


def lines_text(peer):
    output = peer.rows.get("output")
    if not output:
        return "–"
    _, there, late = output
    return f"{there:,}" + (f" (and {late:,} later)" if late else "")


def memory_text(peer):
    return peer.rows.get("memory", "–")


def types_text(peer):
    return peer.rows.get("with types", "–")


if __name__ == "__main__":
    main()
