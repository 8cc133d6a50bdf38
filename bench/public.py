"""What part three promises at a million reports: the search, what counts the figures, the open data, their check."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from bench import figures, places
from bench.client import Request, ask
from bench.figures import Facts, Figure, Page, Sizes
from bench.words import Vocabulary

# Reports that are taken out of the figures and folded anew, as if all of their events had just come.
FOLDED: Final = 20_000
EVENTS_A_SECOND: Final = 1_000
RECOUNT_SECONDS, PACKAGE_SECONDS, VERIFY_SECONDS = 600, 300, 300
_COUNTED: Final = ("tanggap_indicatorfact", "tanggap_indicatorcell", "tanggap_secretcell")
_LEAST: Final = 200


def search(facts: Facts, sizes: Sizes, *, small: int, large: int, words: Vocabulary) -> None:
    """Compare a search of two words and three filters in many reports with the same one in a tenth of them."""
    paths = figures.narrowed(words)
    plain = {"Accept-Encoding": "identity"}
    pages: dict[str, Sequence[Page]] = {
        name: [(port, Request("GET", path, plain)) for path in paths]
        for name, port in (("few", small), ("many", large))
    }
    runs = figures.runs_of(pages, sizes)
    found = {name: [ask(*page).body.count(b'<article class="card report"') for page in pages[name]] for name in pages}
    facts.figures.append(
        Figure(
            "public list with a search of two words and three filters: p95, many reports against a tenth",
            figures.ratio(runs, "many", "few"),
            must=1.5,
            aim=1.1,
            detail=f"p95 {figures.milliseconds(runs, 'many')} against {figures.milliseconds(runs, 'few')} ms; "
            f"reports on the pages {sum(found['many'])} against {sum(found['few'])}",
        )
    )


def counted(facts: Facts, place: places.Place, name: str) -> None:
    """Fold the events of some reports; then count everything anew, and see that both say the same."""
    events, seconds = _fold(place.address(name))
    facts.figures.append(
        Figure(
            "new events folded into the figures",
            events / seconds,
            must=EVENTS_A_SECOND,
            aim=2 * EVENTS_A_SECOND,
            unit="events/s",
            is_at_least=True,
            detail=f"{events:,} events in {seconds:.1f} s, all events of their reports, as if they had just come",
        )
    )
    before = _digests(place.address(name))
    seconds, _peak, said = _command(place, name, "-m", "django", "recompute_indicators")
    facts.figures.append(
        Figure(
            "all figures counted anew from the events, in two processes",
            seconds,
            must=RECOUNT_SECONDS,
            aim=RECOUNT_SECONDS / 2,
            unit="s",
            detail="; ".join(said.splitlines()),
        )
    )
    after = _digests(place.address(name))
    facts.failures += [
        f"{table} is not the same when it is counted anew" for table in _COUNTED if before[table] != after[table]
    ]


def open_data(facts: Facts, place: places.Place, *, many: str, few: str) -> None:
    """Log and sign what is there, write the full package of both installations, and let the large one be checked."""
    peaks, seconds, written = {}, {}, {}
    with tempfile.TemporaryDirectory(dir=place.folder.path) as folder:
        for size, name in (("few", few), ("many", many)):
            logged, _peak, _said = _command(place, name, "-m", "django", "checkpoint")
            facts.notes.append(f"Logged and signed all events of {size} reports in {logged:.0f} s.")
            to = str(Path(folder) / size)
            seconds[size], peaks[size], said = _command(place, name, "-m", "bench.open_data", to)
            written[size] = json.loads(said.splitlines()[-1])
        checked, peak, said = _command(
            place, many, "-m", "tanggap_verify", str(Path(folder) / "many"), "--processes", "2"
        )
    facts.notes.append(f"tanggap-verify: {said.splitlines()[-1]}")
    rows, size = written["many"]["rows"], written["many"]["bytes"] / 1e6
    facts.figures += [
        Figure(
            "the full open data, as CSV and Parquet",
            seconds["many"],
            must=PACKAGE_SECONDS,
            aim=PACKAGE_SECONDS / 2,
            unit="s",
            detail=f"{rows:,} rows, {size:,.0f} MB; the tables that took longest: {_longest(written['many'])}",
        ),
        Figure(
            "peak memory of the full open data, of many reports against a tenth",
            peaks["many"] / peaks["few"],
            must=1.5,
            aim=1.1,
            detail=f"{peaks['many']:.0f} against {peaks['few']:.0f} MB",
        ),
        Figure(
            "tanggap-verify of the full open data, in two processes",
            checked,
            must=VERIFY_SECONDS,
            aim=VERIFY_SECONDS / 2,
            unit="s",
            detail=f"the largest process held {peak:.0f} MB",
        ),
    ]


def _longest(written: Mapping[str, Any]) -> str:
    by_seconds = sorted(written["tables"].items(), key=lambda table: -table[1][1])
    return ", ".join(f"{name} {seconds:.0f} s" for name, (_rows, seconds, _grows) in by_seconds[:4])


def _fold(owner_url: str) -> tuple[int, float]:
    """Take some reports out of facts and sums, note their events as new, fold; return how many events in what time."""
    from django.db import transaction

    from tanggap.domain import case_facts
    from tanggap.models import IndicatorDue, IndicatorFact
    from tanggap.selectors import formulas
    from tanggap.services import indicators

    now = datetime.now(UTC)  # noqa: TID251 - a door
    indicators.fold(now=now)
    ids = list(IndicatorFact.objects.order_by("pk").values_list("pk", flat=True))
    chosen = sorted(random.Random(1).sample(ids, min(len(ids), max(_LEAST, len(ids) // 50), FOLDED)))
    change, events = indicators.Change(formulas.measures()), 0
    rows = IndicatorFact.objects.filter(pk__in=chosen).values_list("event_count", "facts")
    with transaction.atomic():
        for count, stored in rows:
            change.count(case_facts.restored(stored).as_row(), -1)
            events += count
        change.store()
    # The role of the site may not delete facts: nothing of the product does.
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("DELETE FROM tanggap_indicatorfact WHERE report_id = ANY(%s)", [chosen])
        owner.execute(
            "INSERT INTO tanggap_indicatordue (report_id)"
            " SELECT report_id FROM tanggap_event WHERE report_id = ANY(%s) ORDER BY id",
            [chosen],
        )
    began = time.monotonic()
    while IndicatorDue.objects.filter(from_at=None).exists():
        indicators.fold(now=now)
    return events, time.monotonic() - began


def _digests(owner_url: str) -> dict[str, str]:
    """Return a digest of everything in each table of the figures, whatever the order of its rows and keys."""
    found = {}
    with psycopg.connect(owner_url) as owner:
        for table in _COUNTED:
            whole = sql.SQL("SELECT md5(string_agg(line, '' ORDER BY line)) FROM ({}) AS lines").format(
                _lines(owner, table)
            )
            row = owner.execute(whole).fetchone()
            found[table] = str(row and row[0])
    return found


def _lines(owner: psycopg.Connection[Any], table: str) -> sql.Composed:
    """Return the query of a table's rows as digests, without their keys."""
    names = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", [table]
    ).fetchall()
    columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in sorted(names))
    return sql.SQL("SELECT md5(jsonb_build_array({})::text) AS line FROM {}").format(columns, sql.Identifier(table))


def _command(place: places.Place, name: str, *words: str) -> tuple[float, float, str]:
    """Run a program on a database; return its seconds, the peak memory of its largest process in MB, what it said.

    Raises CalledProcessError where it fails.
    """
    env = {**os.environ, **place.environment(name)}
    env["PYTHONPATH"] = os.pathsep.join([env["PYTHONPATH"], str(Path(env["PYTHONPATH"]) / "verify")])
    began = time.monotonic()
    watched = [sys.executable, "-c", _WATCH, sys.executable, *words]
    done = subprocess.run(watched, env=env, check=True, stdout=subprocess.PIPE, text=True)
    *said, peak = done.stdout.splitlines()
    return time.monotonic() - began, float(peak), "\n".join(said)


# A process of its own for each program, so that the peak is that program's.
_WATCH: Final = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
sys.exit(code)
"""
