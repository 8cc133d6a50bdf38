"""`./run simulate`: a year of an organisation in which things go wrong, on scratch databases, checked throughout."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final

from tanggap.cli.errors import CommandError
from tanggap.cli.folder import CHECKOUT

_MOST_PROCESSES: Final = 2


def simulate(arguments: list[str]) -> int:
    """Play reports through the services with wrong doors, absences and vacant posts; 1 when a check fails."""
    played, broken = play(parse(arguments))
    print("\n".join(table(played, broken)))
    return 1 if any(broken.values()) else 0


def play(options: argparse.Namespace) -> tuple[Counter[str], Counter[str]]:
    """Return what was played and how much of it is broken. Raises CommandError where a part breaks off."""
    parts = min(options.processes, options.reports)
    shares = [options.reports // parts + (part < options.reports % parts) for part in range(parts)]
    with ExitStack() as stack:
        running = [_start(stack, options, part, share) for part, share in enumerate(shares)]
        said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise CommandError("A part of the simulation did not come to its end: see above.")
    played: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    for text in said:
        part = json.loads(text.strip().splitlines()[-1])
        played.update(part["played"])
        broken.update(part["broken"])
    return played, broken


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the words of the command."""
    parser = argparse.ArgumentParser(prog="./run simulate", description=simulate.__doc__)
    parser.add_argument("--reports", type=int, default=5000, metavar="N", help="how many (default 5000)")
    parser.add_argument("--months", type=int, default=12, metavar="N", help="how long (default 12)")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="same seed, same year (default 7)")
    parser.add_argument("--break", dest="broken", default="", help="absent or hops: see the checks fail")
    most = min(_MOST_PROCESSES, os.cpu_count() or 1)
    parser.add_argument("--processes", type=int, default=most, metavar="N", help="organisations played side by side")
    options = parser.parse_args(arguments)
    if options.reports < 1 or options.processes < 1:
        parser.error("--reports and --processes must be at least 1")
    return options


def _start(stack: ExitStack, options: argparse.Namespace, part: int, reports: int) -> "subprocess.Popen[str]":
    """Start one part in a folder, and so in a database, of its own, which is thrown away."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tanggap-simulate-", ignore_cleanup_errors=True))
    words = ["play_simulation", "--reports", reports, "--months", options.months, "--seed", options.seed * 10 + part]
    words += ["--break", options.broken] if options.broken else []
    command = [sys.executable, "-m", "tanggap.cli", *map(str, words), "--data", folder]
    # Never the database of somebody else.
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, text=True)
    return stack.enter_context(process)


def table(played: Mapping[str, int], broken: Mapping[str, int]) -> list[str]:
    """Return the counts as lines: what was played, then what must be 0."""
    lines = ["simulation:"]
    lines += [f"  {name:<50} {n:>8}" for name, n in sorted(played.items()) if n]
    lines.append("must be 0:")
    return [*lines, *(f"  {name:<50} {n:>8}{'' if n == 0 else '  FAILED'}" for name, n in broken.items())]
