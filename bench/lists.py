"""The desk of part two: its first page, a kept list with three filters, its search; many reports against few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from bench import browser, figures
from bench.browser import Session
from bench.client import Answer, ClientError, Request, ask
from bench.figures import Facts, Figure, Page, Sizes
from bench.load import TAGS
from bench.words import Vocabulary

_LINE: Final = b'<a class="main"'
_TAG: Final = next(iter(TAGS))
_THREE: Final = {"klasifikasi": "complaint", "kanal": "web", "tanda": _TAG}
# Two words, by their places in the vocabulary: so common that a page is full in the small installation, too.
_PAIRS: Final = ((0.018, 0.02), (0.02, 0.025), (0.018, 0.025))
MOST_QUERIES: Final = 12


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose desk, in the small and in the large installation; `first` is its first page, `view` what is kept."""

    who: str
    sessions: tuple[Session, Session]
    first: str = "/meja"
    view: Mapping[str, str] = field(default_factory=lambda: _THREE)


def national(sessions: tuple[Session, Session]) -> Desk:
    """Return the widest desk: everything of all agencies."""
    said = {"antrean": "semua", "klasifikasi": "complaint", "kanal": "web", "wilayah": "36.03"}
    return Desk("the national admin, all agencies", sessions, first="/meja?antrean=semua", view=said)


def compare(facts: Facts, sizes: Sizes, desk: Desk, *, small: int, large: int, words: Vocabulary) -> None:
    """Compare the three pages of one desk, and count the queries of those of the large installation."""
    few, many = desk.sessions
    kept_there = keep(large, many, desk.view)
    kept = kept_there if small == large else keep(small, few, desk.view), kept_there
    searches = [f"/meja/cari?q={words.at(a)}+{words.at(b)}" for a, b in _PAIRS]
    pages: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "the first page": ([desk.first], [desk.first]),
        "a kept list with three filters": ([kept[0]], [kept[1]]),
        "a search for two words": (searches, searches),
    }
    asked: dict[str, Sequence[Page]] = {}
    for name, (those, these) in pages.items():
        asked[f"few: {name}"] = [(small, few.get(path)) for path in those]
        asked[f"many: {name}"] = [(large, many.get(path)) for path in these]
    runs = figures.runs_of(asked, sizes)
    for name in pages:
        lines = [_lines(asked[f"{size}: {name}"]) for size in ("few", "many")]
        if lines[0] != lines[1]:
            facts.failures.append(f"{name} of {desk.who} shows {lines[0]} and {lines[1]} reports: not the same page.")
        facts.figures.append(
            Figure(
                f"desk of {desk.who}: p95 of {name}, many reports against few",
                figures.ratio(runs, f"many: {name}", f"few: {name}"),
                must=1.5,
                aim=1.1,
                detail=f"{lines[1]} rows; p95 {figures.milliseconds(runs, f'many: {name}')} against "
                f"{figures.milliseconds(runs, f'few: {name}')} ms",
            )
        )
    counted = {name: figures.queries(*asked[f"many: {name}"][0], asks=sizes.asks) for name in pages}
    detail = ", ".join(f"{name} {count}" for name, count in counted.items())
    most = max(counted.values())
    name = f"desk of {desk.who}: queries of the page with the most"
    facts.figures.append(Figure(name, most, must=MOST_QUERIES, aim=10, unit="queries", detail=detail))


def _lines(pages: Sequence[Page]) -> int:
    """Return how many reports the shortest of the pages shows."""
    return min(ask(*page).body.count(_LINE) for page in pages)


def keep(port: int, session: Session, said: Mapping[str, str]) -> str:
    """Keep a list under a name, as an officer does; return its address. Raises ClientError."""
    path = f"/meja/tampilan?{urlencode(said)}"
    answer = send(port, session, ask(port, session.get(path)), path, {"nama": "bench"})
    if answer.status != 302:
        raise ClientError(f"Keeping {path} was answered with {answer.status}.")
    return answer.header("location")


def send(
    port: int, session: Session, page: Answer, path: str, fields: Mapping[str, str], *, action: str = ""
) -> Answer:
    """Send the form of a page, filled in; `action` is the form's where its page has another address."""
    untouched, _ = browser.form_of(page, action or path)
    session.cookies |= page.cookies()
    request: Request = browser.posted(path, {**untouched, **fields}, session.cookies)
    return ask(port, request)
