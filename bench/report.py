"""Measure in one run and write it down: `bench/RESULTS.md`, a section for each command."""

import argparse
import os
import secrets
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import psycopg

from bench import figures, floors, places, results, weight
from bench.browser import Session, sign_in
from bench.figures import Facts, Figure, Sizes

# A young installation: so many reports in so many days that its desk has a full first page, as the old one has.
SMALL, SMALL_DESK, SMALL_DAYS = 1_000, 10_000, 14
AGENCIES: Final = 500
_BEGAN: Final = time.monotonic()
QUICK: Final = Sizes(runs=1, seconds=0.5, pages=1, drain=0.2, asks=1, bulk=2, empty=0.2)


@dataclass(frozen=True, slots=True)
class Sites:
    """The small and the large installation as they are served, with who is signed in at both."""

    small: int
    large: int
    password: str
    sessions: dict[str, tuple[Session, Session]]

    def of(self, username: str) -> tuple[Session, Session]:
        """Return the sessions of somebody at both; where they are one, there is one."""
        if username not in self.sessions:
            large = sign_in(self.large, username, self.password)
            small = large if self.small == self.large else sign_in(self.small, username, self.password)
            self.sessions[username] = small, large
        return self.sessions[username]


def main(options: argparse.Namespace) -> int:
    """Measure, print, write (not when quick); 1 where something is not what it must be."""
    facts = Facts()
    measure = _year if options.what == "simulation" else _desk if options.what == "desk" else _all
    intro, machine = measure(facts, options)
    say("done", "writing")
    command = "./run bench" + ("" if options.what == "all" else f" {options.what}")
    text = results.section(command, intro, facts, machine, is_quick=options.quick)
    print(text)
    if not options.quick:
        results.store(text)
    # A handful of requests says that everything runs, not how fast.
    judged = [] if options.quick else [figure for figure in facts.figures if not figure.holds]
    for line in [*(f"{figure.name} is {results.value_of(figure)}" for figure in judged), *facts.failures]:
        say("FAILED", line)
    return 1 if judged or facts.failures else 0


def say(what: str, words: str) -> None:
    """Tell the person who waits how far it is."""
    print(f"bench: {time.monotonic() - _BEGAN:5.1f} s {what}: {words}", file=sys.stderr, flush=True)


type Said = tuple[str, Mapping[str, str]]  # what a section begins with, and the machine


def _year(facts: Facts, options: argparse.Namespace) -> Said:
    from bench import simulation

    return simulation.measure(facts, is_quick=options.quick), results.machine(None)


def _all(facts: Facts, options: argparse.Namespace) -> Said:
    sizes = QUICK if options.quick else Sizes()
    reports = min(options.reports, 300) if options.quick else options.reports
    machine = _measure(facts, options, sizes, reports, min(SMALL, reports), agencies=options.agencies)
    intro = (
        f"{reports:,} reports against {min(SMALL, reports):,}; median of {sizes.runs} runs, ratios within each run "
        "(pages asked for in turn on one connection, filing and inserting in turn on "
        f"{figures.CONNECTIONS}); {_server()}"
    )
    return intro, machine


def _desk(facts: Facts, options: argparse.Namespace) -> Said:
    sizes = QUICK if options.quick else Sizes()
    reports = min(options.reports, 300) if options.quick else options.reports
    agencies = options.agencies or AGENCIES
    machine = _measure(facts, options, sizes, reports, min(SMALL_DESK, reports), agencies=agencies)
    intro = (
        f"{reports:,} reports of {agencies} agencies, by Zipf, against {min(SMALL_DESK, reports):,}; median of "
        f"{sizes.runs} runs, ratios within each run (pages asked for in turn on one connection); {_server()}"
    )
    return intro, machine


def _server() -> str:
    return f"{places.WORKERS} server workers of {places.THREADS} threads, as `./run` starts them."


def _measure(
    facts: Facts, options: argparse.Namespace, sizes: Sizes, reports: int, few_reports: int, *, agencies: int
) -> Mapping[str, str]:
    """Load two installations, serve them and measure what is asked for; return what was measured on."""
    is_quick, has_desk = options.quick, options.quick or options.what == "desk"
    with places.opened(options.data, is_quick=is_quick) as place, ExitStack() as stack:
        places.refuse_used(place)
        _use(place, place.name)
        loaded = _Loading(datetime.now(UTC), options.seed, agencies)  # noqa: TID251 - a door
        many = stack.enter_context(place.copy("many"))
        waiting = 2 * sizes.bulk if has_desk else 0
        _fill(place, facts, many, reports, loaded, days=SMALL_DAYS if is_quick else 730, waiting=waiting)
        few = many if is_quick else stack.enter_context(place.copy("few"))
        if few != many:
            _fill(place, facts, few, few_reports, loaded, days=SMALL_DAYS)
        database = stack.enter_context(psycopg.connect(place.address(many), autocommit=True))
        machine = results.machine(database)
        say("machine", "; ".join(f"{name}: {value}" for name, value in machine.items()))
        sites = _served(place, stack, few, many)
        if options.what == "all":
            _pages(facts, sizes, sites)
        if has_desk:
            _lists(facts, sizes, sites)
        _works(place, facts, sizes, sites, many, database, options)
    return machine


def _works(
    place: places.Place,
    facts: Facts,
    sizes: Sizes,
    sites: Sites,
    many: str,
    database: psycopg.Connection[Any],
    options: argparse.Namespace,
) -> None:
    """Measure what needs the job worker; a quick run starts it once for both."""
    from bench import bulk, people

    with ExitStack() as stack:
        process = 0
        if options.what == "all":
            say("measuring", "submissions")
            process = stack.enter_context(place.worker(many))
            figures.submissions(facts, sites.large, database, people.citizen(), sizes)
        if options.quick or options.what == "desk":
            say("measuring", "bulk assign")
            assigning = bulk.Assigning(sites.large, sites.of(people.ADMIN)[1], database, sizes.bulk)
            bulk.assign(facts, sizes, assigning, lambda: nullcontext(process) if process else place.worker(many))


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


@dataclass(frozen=True, slots=True)
class _Loading:
    """What both installations have in common."""

    now: datetime
    seed: int
    agencies: int


def _fill(
    place: places.Place, facts: Facts, name: str, reports: int, common: _Loading, *, days: int, waiting: int = 0
) -> None:
    """Load one database, give it those who sign in, and the table of the floor."""
    _use(place, name)
    from bench import load, people

    done = load.load(
        place.address(name),
        reports=reports,
        days=days,
        seed=common.seed,
        now=common.now,
        agencies=common.agencies,
        waiting=waiting,
    )
    say("loader", load.said(done))
    facts.notes.append(load.said(done).capitalize() + ".")
    with psycopg.connect(place.address(name), autocommit=True) as owner:
        owner.execute(floors.TABLE)
        owner.execute(people.CALL_OFFICER)
        owner.execute(f"GRANT SELECT, INSERT ON bench_insert TO {place.database.role or 'CURRENT_USER'}")


def _served(place: places.Place, stack: ExitStack, few: str, many: str) -> Sites:
    from bench import people

    password = secrets.token_urlsafe(24)
    for name in {few, many}:
        _use(place, name)
        people.let_in(password)
    _use(place, many)
    say("starting", "the site")
    large = stack.enter_context(place.site(many))
    small = large if few == many else stack.enter_context(place.site(few))
    return Sites(small, large, password, {})


def _pages(facts: Facts, sizes: Sizes, sites: Sites) -> None:
    from bench import people
    from bench.words import vocabulary

    small, large = sites.small, sites.large
    for path in ("/", "/lapor", "/laporan", "/instansi/pemprov-banten", "/statistik", "/perbandingan"):
        found = weight.visit(large, path)
        heaviest = sorted(found.parts.items(), key=lambda part: -part[1])
        detail = ", ".join(f"{name} {size / 1000:.1f}" for name, size in heaviest)
        figure = Figure(f"first visit of {path}", found.size / 1000, must=60, aim=30, unit="kB", detail=detail)
        facts.figures.append(figure)
        facts.failures += [f"{path} loads from {host}" for host in sorted(found.strangers)]
    for who, username in (("a province's admin", people.ADMIN), ("a unit's officer", people.OFFICER)):
        say("measuring", f"the desk of {who}")
        figures.desk(facts, sizes, small=small, large=large, sessions=sites.of(username), who=who)
    say("measuring", "search")
    figures.search(facts, sizes, port=large, words=vocabulary())
    say("measuring", "figures")
    figures.of_figures(facts, sizes, port=large, now=datetime.now(UTC))  # noqa: TID251 - a door
    say("measuring", "404")
    figures.hidden(facts, sizes, kinds=people.hidden(large, sites.of(people.OFFICER)[1]))


def _lists(facts: Facts, sizes: Sizes, sites: Sites) -> None:
    from bench import lists, people
    from bench.words import vocabulary

    desks = [
        lists.Desk("a province's admin", sites.of(people.ADMIN)),
        lists.Desk("a unit's officer", sites.of(people.OFFICER)),
        lists.national(sites.of(people.NATIONAL)),
    ]
    for desk in desks:
        say("measuring", f"the lists of {desk.who}")
        lists.compare(facts, sizes, desk, small=sites.small, large=sites.large, words=vocabulary())
