"""Measure in one run and write it down: `bench/RESULTS.md`, a section for each command."""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bench import figures, floors, places, results, weight
from bench.browser import Session, sign_in
from bench.figures import Facts, Figure, Sizes

# A young installation: so many reports in so many days that its desk has a full first page, as the old one has.
SMALL, SMALL_DESK, SMALL_DAYS = 1_000, 10_000, 14
AGENCIES: Final = {"desk": 500, "bulk": 500, "public": 600}
_BEGAN: Final = time.monotonic()
QUICK: Final = Sizes(runs=1, seconds=0.5, pages=1, drain=0.2, asks=1, bulk=2, empty=0.2)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is loaded, and how much is measured. `waiting` reports wait to be given to a unit."""

    sizes: Sizes
    reports: int
    few: int
    days: int
    few_days: int
    waiting: int


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
    measure = {"simulation": _year, "desk": _desk, "bulk": _bulk, "public": _public}.get(options.what, _all)
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
    wanted = _wanted(options, SMALL)
    machine, there = _measure(facts, options, wanted)
    intro = (
        f"{there}; median of {wanted.sizes.runs} runs, ratios within each run "
        "(pages asked for in turn on one connection, filing and inserting in turn on "
        f"{figures.CONNECTIONS}); {_server()}"
    )
    return intro, machine


def _desk(facts: Facts, options: argparse.Namespace) -> Said:
    wanted = _wanted(options, SMALL_DESK)
    machine, there = _measure(facts, options, wanted)
    intro = (
        f"{there}; median of {wanted.sizes.runs} runs, ratios within each run (pages asked for in turn on one "
        f"connection); {_server()}"
    )
    return intro, machine


def _bulk(facts: Facts, options: argparse.Namespace) -> Said:
    wanted = _wanted(options, 0, waiting=True)
    machine, there = _measure(facts, options, wanted)
    return f"{there}; median of {wanted.sizes.runs} runs, ratios within each run; {_server()}", machine


def _public(facts: Facts, options: argparse.Namespace) -> Said:
    # As old as the large one: what is searched has the same statuses and outcomes.
    wanted = _wanted(options, options.reports // 10, few_days=places.days(options.months))
    machine, there = _measure(facts, options, wanted)
    intro = (
        f"{there}, of {options.months} months; pages: median of {wanted.sizes.runs} runs, ratios within each run "
        f"(asked for in turn on one connection); {_server()}"
    )
    return intro, machine


def _wanted(options: argparse.Namespace, few: int, *, few_days: int = SMALL_DAYS, waiting: bool = False) -> _Wanted:
    reports = min(options.reports, 150) if options.quick else options.reports
    sizes = QUICK if options.quick else Sizes()
    return _Wanted(
        sizes=sizes,
        reports=reports,
        few=min(few, reports),
        days=SMALL_DAYS if options.quick else places.days(options.months),
        few_days=few_days,
        waiting=2 * sizes.bulk if waiting or options.quick else 0,
    )


def _searches(facts: Facts, sizes: Sizes, sites: Sites) -> None:
    from bench import public
    from bench.words import vocabulary

    say("measuring", "searches in many and in few")
    public.search(facts, sizes, small=sites.small, large=sites.large, words=vocabulary())


def _computed(facts: Facts, place: places.Place, *, many: str, few: str, has_open_data: bool) -> None:
    from bench import public

    _use(place, many)
    say("measuring", "folding and counting")
    public.counted(facts, place, many)
    if has_open_data:
        say("measuring", "open data")
        try:
            public.open_data(facts, place, many=many, few=few)
        except subprocess.CalledProcessError as error:  # what was measured before is not lost
            # The program alone: where the package lay is nobody's business.
            facts.failures.append(f"{error.cmd[5]} ended with {error.returncode}.")


def _server() -> str:
    return f"{places.WORKERS} server workers of {places.THREADS} threads, as `./run` starts them."


def _measure(facts: Facts, options: argparse.Namespace, wanted: _Wanted) -> tuple[Mapping[str, str], str]:
    """Have two installations, serve them and measure what is asked for; return what was measured on, and on how many.

    A folder that `./run bench load` filled is the large one as it is; what is measured goes on in it.
    """
    is_quick, has_desk = options.quick, options.quick or options.what == "desk"
    is_one = is_quick or not wanted.few
    with places.opened(options.data, is_quick=is_quick) as place, ExitStack() as stack:
        _use(place, place.name)
        common = _Loading(datetime.now(UTC), options.seed, options.agencies or AGENCIES.get(options.what, 0))  # noqa: TID251 - a door
        if not place.is_filled:
            many = stack.enter_context(place.copy("many"))
            _fill(place, facts, many, wanted.reports, common, days=wanted.days, waiting=wanted.waiting)
        else:
            many = place.name
            furnish(place, many)
            stack.callback(clear, place, many)
            facts.notes.append("The large installation was there already (`./run bench load`).")
        few = many if is_one else stack.enter_context(place.copy("few"))
        if few != many:
            _fill(place, facts, few, wanted.few, common, days=wanted.few_days)
        database = stack.enter_context(psycopg.connect(place.address(many), autocommit=True))
        there = _said(database, wanted.few)
        machine = results.machine(database)
        say("machine", "; ".join(f"{name}: {value}" for name, value in machine.items()))
        with ExitStack() as serving:
            sites = _served(place, serving, few, many)
            if options.what in {"all", "public"}:
                _pages(facts, wanted.sizes, sites, has_desk=options.what == "all")
            if has_desk:
                _lists(facts, wanted.sizes, sites)
            if options.quick or options.what == "public":
                _searches(facts, wanted.sizes, sites)
            _works(place, facts, wanted.sizes, sites, many, database, options)
        if options.quick or options.what == "public":
            _computed(facts, place, many=many, few=few, has_open_data=options.what == "public")
    return machine, there


def _said(database: psycopg.Connection[Any], few: int) -> str:
    row = database.execute("SELECT count(*), count(DISTINCT destination_id) FROM tanggap_report").fetchone()
    reports, agencies = row or (0, 0)
    return f"{reports:,} reports of {agencies} agencies" + (f" against {few:,}" if few else "")


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
        if options.quick or options.what == "bulk":
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
    from bench import load

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
    furnish(place, name)


def waiting(reports: int) -> int:
    """Return how many reports of so many wait to be given to a unit: those of the bulk assign, where it fits."""
    wanted = 2 * Sizes().bulk
    return wanted if reports >= 10 * wanted else 0


def furnish(place: places.Place, name: str) -> None:
    """Give a loaded database the officer who signs in, and the table of the floor."""
    from bench import people

    with psycopg.connect(place.address(name), autocommit=True) as owner:
        owner.execute(floors.TABLE)
        role = conninfo_to_dict(place.database.owner_url).get("user")
        if role:  # whoever brings the database up to date later gives rights on all that is in it
            owner.execute(sql.SQL("ALTER TABLE bench_insert OWNER TO {}").format(sql.Identifier(str(role))))
        owner.execute(people.CALL_OFFICER)
        owner.execute(f"GRANT SELECT, INSERT ON bench_insert TO {place.database.role or 'CURRENT_USER'}")


def clear(place: places.Place, name: str) -> None:
    """Take the table of the floor out of a folder that is kept: the audit of its rights would find it."""
    with psycopg.connect(place.address(name), autocommit=True) as owner:
        owner.execute("DROP TABLE IF EXISTS bench_insert")


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


def _pages(facts: Facts, sizes: Sizes, sites: Sites, *, has_desk: bool) -> None:
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
    desks = (("a province's admin", people.ADMIN), ("a unit's officer", people.OFFICER)) if has_desk else ()
    for who, username in desks:
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
