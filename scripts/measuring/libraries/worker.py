"""Serves one peer to scripts/measure peers: worker.py MODULE FUNCTION RATE. Requests and answers are lines of JSON.

At the start: version and device. {"workers": m} prepares, and warms up; the answer is {"chunk": iterations}.
{"chunks": k} draws k chunks; the answer is seconds and the sums of the largest and the smallest delays.

A peer's function takes the number of workers and the rate. It returns the iterations of a chunk, and a
function without arguments that draws one: its two sums, in an array that can be added to another. Nothing
waits for a device until they are read.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import time


def serve(module_name: str, function: str, rate: float) -> None:
    """Answers until its input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer

    def answer(**values: object) -> None:
        print(json.dumps(values), file=answers, flush=True)

    module = importlib.import_module(module_name)
    answer(version=f"{module.VERSION}, Python {platform.python_version()}", device=module.device())
    for line in sys.stdin:
        request = json.loads(line)
        if "workers" in request:
            chunk, draw = getattr(module, function)(request["workers"], rate)
            for _ in range(2):  # compiles, fills caches and memory pools
                [float(value) for value in draw()]
            answer(chunk=chunk)
            continue
        start = time.perf_counter()
        sums = draw()
        for _ in range(request["chunks"] - 1):
            sums = sums + draw()
        largest, smallest = (float(value) for value in sums)  # waits for a device
        answer(seconds=time.perf_counter() - start, largest=largest, smallest=smallest)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], float(sys.argv[3]))
