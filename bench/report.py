"""Measure everything in one run and write it down: `bench/RESULTS.md`."""

import argparse
import os
import platform
import secrets
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg

from bench import figures, floors, places, weight
from bench.figures import Facts, Figure, Sizes
from tanggap.cli.folder import CHECKOUT

RESULTS: Final = CHECKOUT / "bench" / "RESULTS.md"
# A young installation: so many reports in so many days that its desk has a full first page, as the old one has.
SMALL, SMALL_DAYS = 1_000, 14
_BEGAN: Final = time.monotonic()
QUICK: Final = Sizes(runs=1, seconds=0.5, pages=5, drain=1)


def main(options: argparse.Namespace) -> int:
    """Measure, print, write (not when quick); 1 where something is not what it must be."""
    sizes = QUICK if options.quick else Sizes()
    reports = min(options.reports, 300) if options.quick else options.reports
    facts = Facts()
    with places.opened(options.data, is_quick=options.quick) as place:
        places.refuse_used(place)
        _use(place, place.name)
        with ExitStack() as stack:
            now = datetime.now(UTC)  # noqa: TID251 - a door
            many = stack.enter_context(place.copy("many"))
            days = SMALL_DAYS if options.quick else 730
            _fill(place, facts, many, reports, days=days, options=options, now=now)
            few = many if options.quick else stack.enter_context(place.copy("few"))
            if few != many:
                _fill(place, facts, few, min(SMALL, reports), days=SMALL_DAYS, options=options, now=now)
            database = stack.enter_context(psycopg.connect(place.address(many), autocommit=True))
            machine = _machine(database)
            say("machine", "; ".join(f"{name}: {value}" for name, value in machine.items()))
            _measure(place, facts, sizes, few, many, database)
    say("done", "writing")
    text = _written(facts, machine, reports, sizes, is_quick=options.quick)
    print(text)
    if not options.quick:
        RESULTS.write_text(text, encoding="utf-8")
    # A handful of requests says that everything runs, not how fast.
    judged = [] if options.quick else [figure for figure in facts.figures if not figure.holds]
    for line in [*(f"{figure.name} is {_value(figure)}" for figure in judged), *facts.failures]:
        say("FAILED", line)
    return 1 if judged or facts.failures else 0


def say(what: str, words: str) -> None:
    """Tell the person who waits how far it is."""
    print(f"bench: {time.monotonic() - _BEGAN:5.1f} s {what}: {words}", file=sys.stderr, flush=True)


def _use(place: places.Place, name: str) -> None:
    """Let this process, and those that it starts, work on a database of the place."""
    os.environ.update(place.environment(name))
    os.environ["TANGGAP_POOL"] = "0"
    import django
    from django.apps import apps
    from django.db import connection

    if not apps.ready:
        django.setup()
    connection.close()
    connection.settings_dict["NAME"] = name


def _fill(
    place: places.Place, facts: Facts, name: str, reports: int, *, days: int, options: argparse.Namespace, now: datetime
) -> None:
    """Load one database, give it the two who sign in, and the table of the floor."""
    _use(place, name)
    from bench import load, people

    done = load.load(place.address(name), reports=reports, days=days, seed=options.seed, now=now)
    say("loader", load.said(done))
    facts.notes.append(load.said(done).capitalize() + ".")
    with psycopg.connect(place.address(name), autocommit=True) as owner:
        owner.execute(floors.TABLE)
        owner.execute(people.CALL_OFFICER)
        owner.execute(f"GRANT SELECT, INSERT ON bench_insert TO {place.database.role or 'CURRENT_USER'}")


def _measure(
    place: places.Place, facts: Facts, sizes: Sizes, few: str, many: str, database: psycopg.Connection[Any]
) -> None:
    from bench import people

    password = secrets.token_urlsafe(24)
    for name in {few, many}:
        _use(place, name)
        people.let_in(password)
    _use(place, many)
    say("starting", "the site")
    with place.site(many) as large:
        with nullcontext(large) if few == many else place.site(few) as small:
            _pages(facts, sizes, small, large, password)
        say("measuring", "submissions")
        with place.worker(many):
            figures.submissions(facts, large, database, people.citizen(), sizes)


def _pages(facts: Facts, sizes: Sizes, small: int, large: int, password: str) -> None:
    from bench import people
    from bench.browser import sign_in
    from bench.words import vocabulary

    for path in ("/", "/lapor"):
        found = weight.visit(large, path)
        heaviest = sorted(found.parts.items(), key=lambda part: -part[1])
        detail = ", ".join(f"{name} {size / 1000:.1f}" for name, size in heaviest)
        figure = Figure(f"first visit of {path}", found.size / 1000, must=60, aim=30, unit="kB", detail=detail)
        facts.figures.append(figure)
        facts.failures += [f"{path} loads from {host}" for host in sorted(found.strangers)]
    for who, username in (("a province's admin", people.ADMIN), ("a unit's officer", people.OFFICER)):
        say("measuring", f"the desk of {who}")
        sessions = sign_in(small, username, password), sign_in(large, username, password)
        figures.desk(facts, sizes, small=small, large=large, sessions=sessions, who=who)
    say("measuring", "search")
    figures.search(facts, sizes, port=large, words=vocabulary())
    say("measuring", "404")
    figures.hidden(facts, sizes, kinds=people.hidden(large, sign_in(large, people.OFFICER, password)))


def _machine(database: psycopg.Connection[Any]) -> Mapping[str, str]:
    """Describe what was measured on: no names, no paths."""

    def show(setting: str) -> str:
        row = database.execute("SELECT current_setting(%s)", [setting]).fetchone()
        return str(row[0]) if row else ""

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{os.cpu_count()} cores, {_processor()}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "PostgreSQL": show("server_version"),
        "fsync": show("fsync"),
        "synchronous_commit": show("synchronous_commit"),
        "full_page_writes": show("full_page_writes"),
        "shared_buffers": show("shared_buffers"),
        "load of the machine": f"{os.getloadavg()[0]:.1f} before the measurements",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _value(figure: Figure, value: float | None = None) -> str:
    number = figure.value if value is None else value
    return f"{number:.0f}" if figure.unit == "queries" else f"{number:.3g} {figure.unit}"


def _written(facts: Facts, machine: Mapping[str, str], reports: int, sizes: Sizes, *, is_quick: bool) -> str:
    lines = [
        "# What `./run bench` measured",
        "",
        f"{reports:,} reports against {min(SMALL, reports):,}; median of {sizes.runs} runs, ratios within each run "
        "(pages asked for in turn on one connection, filing and inserting in turn on "
        f"{figures.CONNECTIONS}); {places.WORKERS} server workers of {places.THREADS} threads, as `./run` starts them.",
        *(["", "A quick run: it shows that everything runs, and no number in it means anything."] if is_quick else []),
        "",
        "| figure | measured | must | aim | |",
        "|---|---|---|---|---|",
    ]
    for figure in facts.figures:
        sign = "≥" if figure.is_at_least else "≤"
        verdict = "reaches the aim" if figure.reaches else "holds" if figure.holds else "**fails**"
        bounds = f"{sign} {_value(figure, figure.must)} | {sign} {_value(figure, figure.aim)}"
        words = f"{verdict}; {figure.detail}" if figure.detail else verdict
        lines.append(f"| {figure.name} | **{_value(figure)}** | {bounds} | {words} |")
    lines += ["", *(f"- {note}" for note in facts.notes)]
    lines += ["", "## The machine", "", *(f"- {name}: {value}" for name, value in machine.items())]
    if facts.failures:
        lines += ["", "## What went wrong", "", *(f"- {failure}" for failure in facts.failures)]
    return "\n".join([*lines, ""])
