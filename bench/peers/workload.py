"""The workload W for peers in Python: the same sentences in the same order, measured alike.

What is said comes in a file, made by `bench/support/workload.mjs`; see there.
"""

import gc
import inspect
import json
import resource
import sys
import time

MOST_TIMES = 2_000_000


def read(argv):
    """The workload in the file that the first parameter names, and how long to measure, in seconds."""
    with open(argv[1], encoding="utf-8") as file:
        return json.load(file), float(argv[2])


async def measure(texts, seconds, say, replies):
    """Says everything, one message at a time, for about so many seconds, after a warm-up of as
    many, two at most.

    `say` may return something to wait for.
    """
    await talk(texts, min(2, seconds), say, replies, None)
    gc.collect()
    times = []
    duration, busy = await talk(texts, seconds, say, replies, times)
    count = len(times)
    times.sort()
    print(
        json.dumps(
            {
                "rate": round(count / duration),
                "p50": at(times, 0.5),
                "p99": at(times, 0.99),
                "cpu": float(f"{busy / count * 1e6:.3g}"),
                "rss": round(resident() / 2**20),
                "messages": count,
            }
        )
    )
    sys.stdout.flush()


async def talk(texts, limit, say, replies, times):
    began, cpu, before = time.perf_counter(), time.process_time(), replies()
    count = hits = 0
    while time.perf_counter() - began < limit and count < MOST_TIMES:
        text = texts[count % len(texts)]
        hits += count % 5 == 4
        start = time.perf_counter()
        waiting = say(text)
        if inspect.isawaitable(waiting):
            await waiting
        if times is not None:
            times.append((time.perf_counter() - start) * 1000)
        count += 1
    duration = time.perf_counter() - began
    if replies() - before != hits:
        sys.exit(f"{replies() - before} replies to {hits} commands")
    return duration, time.process_time() - cpu


def at(values, part):
    return float(f"{values[int(len(values) * part)]:.3g}")


def resident():
    """The memory in use, in bytes; where the system does not tell, the most there was."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
