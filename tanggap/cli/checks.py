"""`./run check` and `./run fix`: what a machine can tell about the checkout, each with its command.

One table; a check is added by one row. All of them run, two at a time, and every failure is shown.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from tanggap.cli import scratch
from tanggap.cli.folder import CHECKOUT

PYTHON = sys.executable
CODE = ["config", "tanggap", "tests", "bench", "verify"]


@dataclass(frozen=True)
class Check:
    """One check: its name, its command, and the command that puts right what it finds, where there is one."""

    name: str
    command: tuple[str, ...]
    fix: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)


def templates() -> tuple[str, ...]:
    """Return the templates of the product."""
    return tuple(str(path.relative_to(CHECKOUT)) for path in sorted(CHECKOUT.glob("tanggap/templates/**/*.html")))


def _module(*words: str) -> tuple[str, ...]:
    return (PYTHON, "-m", *words)


def _tool(name: str, *words: str) -> tuple[str, ...]:
    return (os.path.join(os.path.dirname(PYTHON), name), *words)  # noqa: PTH118, PTH120 - a link must not be followed


# A site behind TLS that sends mail, as the deployment check wants to see one.
DEPLOYED = {"TANGGAP_PUBLIC_URL": "https://tanggap.example.go.id", "TANGGAP_MAIL": "smtp"}

SLOW = "types"  # half a minute where nothing is known yet; all others together take a few seconds
CHECKS: tuple[Callable[[], Check], ...] = (
    lambda: Check(SLOW, _module("mypy")),
    lambda: Check("format", _module("ruff", "format", "--check", *CODE), _module("ruff", "format", *CODE)),
    lambda: Check("lint", _module("ruff", "check", *CODE), _module("ruff", "check", "--fix", *CODE)),
    lambda: Check("imports", _tool("lint-imports")),
    lambda: Check(
        "templates",
        _tool("djade", "--target-version", "6.1", "--check", *templates()),
        _tool("djade", "--target-version", "6.1", *templates()),
    ),
    lambda: Check("spelling", _tool("codespell"), _tool("codespell", "--write-changes")),
    lambda: Check("migrations", _module("django", "makemigrations", "--check", "--dry-run")),
    lambda: Check("deployment", _module("django", "check", "--deploy", "--fail-level", "WARNING"), env=DEPLOYED),
    lambda: Check("catalogue", _module("tanggap.cli.catalogue", "--check"), _module("tanggap.cli.catalogue")),
    lambda: Check("documents", _module("tanggap.cli.documents", "--check"), _module("tanggap.cli.documents")),
)


@dataclass(frozen=True)
class Outcome:
    """How one check ended."""

    name: str
    is_good: bool
    seconds: float
    said: str


def run(command: Sequence[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command of the table in the checkout."""
    made = {**env, "DJANGO_SETTINGS_MODULE": "config.settings", "TANGGAP_DATABASE_ROLE": ""}
    return subprocess.run(
        command,
        cwd=CHECKOUT,
        env=made,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def judge(check: Check, env: dict[str, str]) -> Outcome:
    """Run one check."""
    started = time.monotonic()
    done = run(check.command, {**env, **check.env})
    return Outcome(check.name, done.returncode == 0, time.monotonic() - started, done.stdout.strip())


def _print(line: str) -> None:
    print(line, flush=True)


def check(arguments: list[str]) -> int:
    """Run all checks, or those named; print what each found; 1 where one failed."""
    with scratch.server() as env:
        return check_all(env, arguments)


def check_all(env: dict[str, str], names: Sequence[str] = (), *, say: Callable[[str], object] = _print) -> int:
    """Run the checks, or those named, against the database server of this environment; `say` gets each line."""
    wanted = [made for made in (row() for row in CHECKS) if not names or made.name in names]
    if not wanted:
        print(f"No such check; there are: {', '.join(row().name for row in CHECKS)}.", file=sys.stderr)
        return 2
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(partial(judge, env=env), wanted):
            say(f"{'ok    ' if outcome.is_good else 'FAILED'} {outcome.name} ({outcome.seconds:.1f} s)")
            if not outcome.is_good:
                failed.append(outcome)
    for outcome in failed:
        say(f"\n── {outcome.name} ──\n{outcome.said}")
    if failed:
        say(f"\n{len(failed)} of {len(wanted)} checks failed: {', '.join(each.name for each in failed)}.")
    return 1 if failed else 0


def fix(_arguments: list[str]) -> int:
    """Put right what a machine can: format, lint, templates, spelling, generated documents."""
    rows = [row() for row in CHECKS]
    # Linting may leave lines that formatting wants otherwise, so the formatter comes last.
    rows.sort(key=lambda made: made.name == "format")
    for made in rows:
        if made.fix:
            done = run(made.fix, {**os.environ, **made.env})
            print(f"{made.name}: {'done' if done.returncode == 0 else done.stdout.strip()}")
    return 0
