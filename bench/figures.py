"""The measurements: each returns one figure with what it was made of."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import psycopg

from bench import filing, floors
from bench.browser import Session
from bench.client import Answer, Played, Request, Script, ask, connect, exchange, play
from bench.filing import Citizen
from bench.words import Vocabulary

CONNECTIONS: Final = 16


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    runs: int = 5
    seconds: float = 4.0  # of each run with many connections
    pages: int = 100  # requests of each kind in a run
    drain: float = 60.0  # seconds for the messages of a run
    asks: int = 6  # of a page whose queries are counted: each server process has answered it before
    bulk: int = 1000  # reports in one go
    empty: float = 300.0  # seconds for the messages of what was done to many


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio or size, and what it must and should be. `is_at_least`: more is better."""

    name: str
    value: float
    must: float
    aim: float
    unit: str = "×"
    is_at_least: bool = False
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Say whether it is what it must be."""
        return self.value >= self.must if self.is_at_least else self.value <= self.must

    @property
    def reaches(self) -> bool:
        """Say whether it is what it should be."""
        return self.value >= self.aim if self.is_at_least else self.value <= self.aim


@dataclass(slots=True)
class Facts:
    """What was found: figures that count, notes that only tell, and failures that no number shows."""

    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def spread(values: Sequence[float], form: str = ",.0f") -> str:
    """Return the median of some runs with the smallest and the largest."""
    low, mid, high = (f"{value:{form}}" for value in (min(values), statistics.median(values), max(values)))
    return f"{mid} ({low} to {high})"


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not pass."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _until(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end


def submissions(facts: Facts, port: int, database: psycopg.Connection[Any], citizen: Citizen, sizes: Sizes) -> None:
    """Compare what is filed per second with what a bare view inserts, in turn, with the queue empty before each."""
    floor, filed, p50, costs, drained = [], [], [], [], []
    _insert(port, 0.5)
    filing.run(port, citizen, connections=CONNECTIONS, goes_on=_until(0.5), seed=999)
    for run in range(sizes.runs):
        drained.append(drain(database, sizes.drain))
        inserted, played = _insert(port, sizes.seconds)
        floor.append(inserted / played.seconds)
        costs.append(f"{played.client_share:.2f}")
        before = _count(database)
        sent, played = filing.run(port, citizen, connections=CONNECTIONS, goes_on=_until(sizes.seconds), seed=run)
        filed.append(len(sent.numbers) / played.seconds)
        p50.append(statistics.median(sent.seconds) if sent.seconds else 0)
        costs[-1] += f"/{played.client_share:.2f}"
        facts.failures += _errors(sent, played, _count(database) - before)
    drained.append(drain(database, sizes.drain))
    rate = statistics.median(ours / theirs for ours, theirs in zip(filed, floor, strict=True))
    facts.figures.append(
        Figure(
            f"durable submissions per second at {CONNECTIONS} connections, against three durable inserts",
            rate,
            must=0.10,
            aim=0.2,
            is_at_least=True,
            detail=f"{spread(filed)} submissions/s, {spread(floor)} bare views/s, "
            f"median answer {statistics.median(p50) * 1000:.0f} ms",
        )
    )
    facts.notes.append(
        f"The load generator took {', '.join(costs)} of one core (floor/submissions, run by run); "
        f"the worker was given at most {sizes.drain:.0f} s for the messages of a run "
        f"and took {spread(drained, '.0f')} s."
    )


def _errors(sent: filing.Filed, played: Played, stored: int) -> list[str]:
    found = [f"{count} submissions were answered with {status}" for status, count in sent.refused.items()]
    if played.broken:
        found.append(f"{played.broken} connections broke")
    if stored != len(sent.numbers):
        found.append(f"{len(sent.numbers)} receipts were shown, {stored} reports are stored")
    return found


def _insert(port: int, seconds: float) -> tuple[int, Played]:
    """Let the bare view insert on all connections; return how many answers were good."""
    goes_on, good = _until(seconds), 0
    request = Request("POST", floors.INSERTS, {"Content-Type": "text/plain"}, b"x" * 200)

    def script() -> Script:
        nonlocal good
        while goes_on():
            answer = yield request
            good += answer.status == 200

    played = play(port, [script() for _ in range(CONNECTIONS)])
    return good, played


def _count(database: psycopg.Connection[Any]) -> int:
    row = database.execute("SELECT count(*) FROM tanggap_report").fetchone()
    return int(row[0]) if row else 0


def drain(database: psycopg.Connection[Any], most: float) -> float:
    """Wait until the worker has nothing to deliver; return how long that took."""
    began = time.perf_counter()
    waiting = "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL LIMIT 1"
    while database.execute(waiting).fetchone() and time.perf_counter() - began < most:
        time.sleep(0.2)
    return time.perf_counter() - began


type Page = tuple[int, Request]  # port, request


def alternate(pages: dict[str, Sequence[Page]], count: int) -> dict[str, list[float]]:
    """Ask for pages in turn, so that a noisy moment hits them alike; return the seconds of each kind."""
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    answers: dict[str, Answer] = {}
    ports = sorted({port for asked in pages.values() for port, _ in asked})
    lines = {port: connect(port) for port in ports}
    for turn in range(count):
        for name, asked in pages.items():
            port, request = asked[turn % len(asked)]
            answers[name] = exchange(lines[port], request)
            if answers[name].status not in {200, 404}:
                raise ValueError(f"{request.path} was answered with {answers[name].status}.")
            seconds[name].append(answers[name].seconds)
    for line in lines.values():
        line.close()
    return seconds


def desk(facts: Facts, sizes: Sizes, *, small: int, large: int, sessions: tuple[Session, Session], who: str) -> None:
    """Compare the desk's first page of many reports with that of few, and with an empty page of the same kind."""
    few, many = sessions
    pages = {
        "few": [(small, few.get("/meja"))],
        "many": [(large, many.get("/meja"))],
        "empty": [(large, many.get("/bench/desk"))],
    }
    asked = queries(large, many.get("/meja"), asks=sizes.asks)
    shown = ask(small, few.get("/meja")), ask(large, many.get("/meja"))
    rows = [answer.body.count(b'<a class="main"') for answer in shown]
    if rows[0] != rows[1]:
        facts.failures.append(f"The desks of {who} show {rows[0]} and {rows[1]} reports: not the same page.")
    runs = runs_of(pages, sizes)
    facts.figures += [
        Figure(
            f"desk of {who}: p95 of the first page, many reports against few",
            ratio(runs, "many", "few"),
            must=1.5,
            aim=1.1,
            detail=f"{rows[1]} rows; p95 {milliseconds(runs, 'many')} against {milliseconds(runs, 'few')} ms",
        ),
        Figure(f"desk of {who}: queries of the first page", asked, must=10, aim=10, unit="queries"),
        Figure(
            f"desk of {who}: p95 of the first page against an empty signed-in page",
            ratio(runs, "many", "empty"),
            must=6,
            aim=3,
            detail=f"p95 {milliseconds(runs, 'many')} against {milliseconds(runs, 'empty')} ms",
        ),
    ]


# Of three filters each, so that neither words nor filters alone decide: status, kind, place; agency, dates, outcome.
NARROWED: Final = (
    "status=closed&klasifikasi=complaint&wilayah=36.03",
    "instansi=pemprov-banten&hasil=explained&klasifikasi=complaint",
    "wilayah=36&status=in_progress&klasifikasi=complaint",
)


def searches(words: Vocabulary) -> Sequence[str]:
    """Return searches of two words, common and rare."""
    pairs = [(a, b) for a in (0.02, 0.1, 0.3) for b in (0.04, 0.2, 0.6)]
    return [f"/laporan?q={words.at(a)}+{words.at(b)}" for a, b in pairs]


def narrowed(words: Vocabulary) -> Sequence[str]:
    """Return the same searches with three filters besides."""
    return [f"{path}&{NARROWED[place % len(NARROWED)]}" for place, path in enumerate(searches(words))]


def search(facts: Facts, sizes: Sizes, *, port: int, words: Vocabulary) -> None:
    """Compare the public list with a two-word search with an empty public page; common and rare words in turn.

    Then the same with three filters besides, and in the order of what is overdue for longest.
    """
    asked = searches(words)
    kinds = {
        "two-word search": asked,
        "search of two words and three filters": narrowed(words),
        "search of two words among the overdue": [f"{path}&urut=terlambat" for path in asked],
    }
    pages: dict[str, list[Page]] = {
        name: [(port, Request("GET", path, {"Accept-Encoding": "identity"})) for path in paths]
        for name, paths in kinds.items()
    }
    asking: dict[str, Sequence[Page]] = {**pages, "empty": [(port, Request("GET", "/bench/page"))]}
    runs = runs_of(asking, sizes)
    for name, those in pages.items():
        found = [ask(*page).body.count(b'<article class="card report"') for page in those]
        most = max(queries(*page, asks=sizes.asks) for page in those)
        facts.figures.append(
            Figure(
                f"public list with a {name}: p95 against an empty public page",
                ratio(runs, name, "empty"),
                must=10,
                aim=4,
                detail=f"p95 {milliseconds(runs, name)} against {milliseconds(runs, 'empty')} ms; "
                f"at most {most} queries; {min(found)} to {max(found)} reports on the page",
            )
        )


# The pages of figures: of everything, of an agency, a place and a subject, and compared.
OF_FIGURES: Final = {
    "statistics": ("/statistik", "/statistik?cakupan=instansi:pemprov-banten&rentang=90", "/statistik?rentang=30"),
    "comparison": ("/perbandingan", "/perbandingan?kelompok=kabupaten", "/perbandingan?kelompok=kota&lingkup=semua"),
    "an agency, an office, an area, a category": (
        *("/instansi/pemprov-banten", "/instansi/pemprov-banten/dpupr"),
        *("/wilayah/36.03", "/kategori/kesehatan"),
    ),
}
SIDE_BY_SIDE: Final = ("/perbandingan?instansi=kab-lebak&instansi=kab-tangerang",)
# So many pages that nobody has asked for before.
_ANEW: Final = 12


def of_figures(facts: Facts, sizes: Sizes, *, port: int, now: datetime) -> None:
    """Compare the pages of figures with an empty public page; what was never drawn before is looked at apart."""
    kinds = {**OF_FIGURES, "two agencies side by side": SIDE_BY_SIDE}
    plain = {"Accept-Encoding": "identity"}
    pages: dict[str, list[Page]] = {
        name: [(port, Request("GET", path, plain)) for path in paths] for name, paths in kinds.items()
    }
    anew = _drawn_anew(port, now)
    runs = runs_of({**pages, "empty": [(port, Request("GET", "/bench/page"))]}, sizes)
    for name, those in pages.items():
        most = max(queries(*page, asks=sizes.asks) for page in those)
        facts.figures.append(
            Figure(
                f"figures of {name}: p95 against an empty public page"
                if name in OF_FIGURES
                else f"{name}: p95 against an empty public page",
                ratio(runs, name, "empty"),
                must=8,
                aim=4,
                detail=f"p95 {milliseconds(runs, name)} against {milliseconds(runs, 'empty')} ms; "
                f"at most {most} queries",
            )
        )
    facts.notes.append(f"A page of figures that was not drawn since the sums changed: {anew} ms.")


def _drawn_anew(port: int, now: datetime) -> str:
    """Return how long pages take that are asked for once: of a year back, month by month, in milliseconds."""
    months = [(now.year * 12 + now.month - 1 - back) for back in range(_ANEW)]
    line = connect(port)
    asked = [f"/statistik?bulan={month // 12:04d}-{month % 12 + 1:02d}" for month in months]
    seconds = [exchange(line, Request("GET", path)).seconds * 1000 for path in asked]
    line.close()
    return spread(seconds, ".0f")


def queries(port: int, request: Request, *, asks: int) -> int:
    """Return how many queries a page takes once each server process has answered it before."""
    asked = Request(request.method, request.path, {**request.headers, floors.COUNT: "1"})
    return min(int(ask(port, asked).header(floors.COUNT)) for _ in range(asks))


def hidden(facts: Facts, sizes: Sizes, *, kinds: dict[str, Sequence[Page]]) -> None:
    """Look at how long a 404 takes for what is unknown and for what is hidden; looked at, not judged."""
    runs = runs_of(kinds, sizes)
    medians = {name: statistics.median(statistics.median(run[name]) for run in runs) * 1000 for name in kinds}
    parts = ", ".join(f"{name} {value:.2f} ms" for name, value in medians.items())
    facts.notes.append(f"Median time of a 404: {parts}.")


def runs_of(pages: dict[str, Sequence[Page]], sizes: Sizes) -> list[dict[str, list[float]]]:
    """Ask for pages in turn, so many runs after a first short one."""
    alternate(pages, min(sizes.pages, max(2, sizes.pages // 10)))
    return [alternate(pages, sizes.pages) for _ in range(sizes.runs)]


def ratio(runs: Sequence[dict[str, list[float]]], of: str, to: str) -> float:
    """Return the median of what one p95 is of another in each run."""
    return statistics.median(p95(run[of]) / p95(run[to]) for run in runs)


def milliseconds(runs: Sequence[dict[str, list[float]]], name: str) -> str:
    """Say the p95 of a kind of page."""
    return spread([p95(run[name]) * 1000 for run in runs], ".1f")
