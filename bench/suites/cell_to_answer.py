"""How long from running a skill cell until the bot answers in the new way.

A real kernel and a real bot, driven over ZMQ as JupyterLab drives them. The baseline is a trivial
cell in the same kernel, which costs what every cell costs: client, sockets, kernel.
"""

import json
import os
import signal
import statistics
import sys
import tempfile
import time

from jupyter_client.manager import start_new_kernel

RUNS = int(os.environ.get("BENCH_RUNS", "200"))
WARM_UP = 20

SKILL = """%%skill bench
import {{ matchRegex }} from 'chatops';

interface Service {{ name: string; healthy: boolean }}

const services: Service[] = [
  {{ name: 'web', healthy: true }},
  {{ name: 'db', healthy: false }}
];

function describe(service: Service): string {{
  return `${{service.name}}: ${{service.healthy ? 'up' : 'down'}}`;
}}

export const status = matchRegex(/^status$/, async (bot, config, message) => {{
  await message.respond(services.map(describe).join(', '));
}});

export const ping = matchRegex(/^ping$/, async (bot, config, message) => {{
  await message.respond('pong {number}');
}});
"""


def main():
    # What was started is ended by the `finally` below, also when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.TemporaryDirectory()
    os.chdir(folder.name)
    manager, client = start_new_kernel(kernel_name="chatops")
    try:
        trivial, live, answered = [], [], []
        for number in range(WARM_UP + RUNS):
            took_trivial, _ = run(client, "1 + 1")
            took_skill, _ = run(client, SKILL.format(number=number))
            took_ask, output = run(client, "(await chat('ping')).replies[0]")
            if f"pong {number}" not in output:
                sys.exit(f"the bot answered {output!r} after version {number}")
            if number % 50 == 0:
                print(f"cell {number} of {WARM_UP + RUNS}", file=sys.stderr, flush=True)
            if number >= WARM_UP:
                trivial.append(took_trivial)
                live.append(took_skill)
                answered.append(took_skill + took_ask)
        report(trivial, live, answered)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
        os.chdir("/")
        folder.cleanup()


def run(client, code):
    """Run a cell to its end; milliseconds, and what it resulted in."""
    output = ""
    began = time.perf_counter()
    request = client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "error":
            sys.exit("\n".join(content["traceback"]))
        if kind == "execute_result":
            output = content["data"]["text/plain"]
        if kind == "status" and content["execution_state"] == "idle":
            break
    took = (time.perf_counter() - began) * 1000
    client.get_shell_msg(timeout=30)
    return took, output


def report(trivial, live, answered):
    baseline = statistics.median(trivial)
    rows = [
        ("a trivial cell (the baseline)", trivial),
        ("a skill cell of 20 lines, until it is live", live),
        ("that, and asking the bot, until the new answer is there", answered),
    ]
    until_live = statistics.median(live)
    table = {
        "columns": ["from running the cell", "p50, ms", "p99, ms", "p50 ÷ baseline"],
        "rows": [
            [name, p(values, 50), p(values, 99), round(statistics.median(values) / baseline, 2)]
            for name, values in rows
        ],
    }
    target = {
        "figure": "a skill cell until it is live, p50",
        "measured": f"{until_live:.1f} ms",
        "target": "< 50 ms",
        "met": until_live < 50,
    }
    title = "From running a skill cell to the new answer"
    print(json.dumps({"title": title, "runs": f"{RUNS} runs", "tables": [table], "targets": [target]}))


def p(values, percent):
    return round(statistics.quantiles(values, n=100)[percent - 1], 1)


if __name__ == "__main__":
    main()
