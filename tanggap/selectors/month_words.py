"""Ask which reports of a month say something, from the index of the words of each month (ADR 0075).

An index of words knows no order: of words that half of all reports have, and of filters that hang together, the newest
twenty-five are found either by a walk through many reports, or by putting in order a great many. The words of one month
are few at any size, and months are in order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import CombinedExpression

from tanggap.selectors.words import Asked

if TYPE_CHECKING:
    from django.db.models import Expression

_UTC: Final = ZoneInfo("UTC")
_MONTHS_OF_A_YEAR: Final = 12
# How many months are asked for together: so far back as a list goes in most cases first, then the rest.
FIRST: Final = 1
NEXT: Final = (3, 8)
_COLUMNS: Final = (
    *("published_at", "search", "agency_id", "unit_id", "category_id", "area_id", "status", "outcome"),
    "classification",
)
_LEXEMES: Final = """
SELECT tsvector_to_array(to_tsvector('indonesian', %s)) || tsvector_to_array(to_tsvector('simple', %s))
"""


class Narrowing(Protocol):
    """What a list is narrowed by."""

    @property
    def agency_id(self) -> int | None:
        """The agency."""

    @property
    def unit_id(self) -> int | None:
        """The unit."""

    @property
    def categories(self) -> frozenset[str]:
        """The categories, of which it has one."""

    @property
    def area(self) -> str:
        """The area that it is in."""

    @property
    def classification(self) -> str:
        """The kind."""

    @property
    def outcome(self) -> str:
        """How it ended."""


def month_of(moment: datetime) -> int:
    """Return the month of a moment in UTC, as the index counts them."""
    day = moment.astimezone(_UTC)
    return day.year * _MONTHS_OF_A_YEAR + day.month - 1


def steps(newest: int, oldest: Callable[[], int]) -> Iterator[Sequence[int]]:
    """Yield the months from the newest to the oldest, in the groups in which they are asked for.

    Which is the oldest is asked when the first did not do: months before it are empty, and harm nothing.
    """
    yield range(newest, newest - FIRST, -1)
    newest -= FIRST
    end = oldest() - 1
    for size in (*NEXT, max(0, newest - end)):
        group = range(newest, max(newest - size, end), -1)
        if not group:
            return
        yield group
        newest = group[-1] - 1


def groups_of(words: Asked, filters: Narrowing, statuses: Iterable[str]) -> list[list[str]]:
    """Return what has to be there, each as the words of which one has to be."""
    lexemes: Iterable[str] = ()
    if words:
        with connection.cursor() as cursor:
            cursor.execute(_LEXEMES, [words.stems, " ".join(words.quoted)])
            lexemes = cursor.fetchone()[0]
    found = [[word] for word in dict.fromkeys(lexemes)]
    single = {
        "a": filters.agency_id,
        "u": filters.unit_id,
        "w": filters.area,
        "k": filters.classification,
        "o": filters.outcome,
    }
    found += [[f"~{mark}{value}"] for mark, value in single.items() if value]
    several = {"c": sorted(filters.categories), "s": sorted(statuses)}
    return found + [[f"~{mark}{value}" for value in values] for mark, values in several.items() if values]


def published_in(months: Iterable[int], groups: Sequence[Sequence[str]]) -> Q:
    """Return the condition that a report was published in one of some months and has all that has to be there."""
    said = Q()
    for month in months:
        said |= Q(_has(month, groups))
    return said


def _has(month: int, groups: Sequence[Sequence[str]]) -> "Expression":
    query = " & ".join(
        "(" + " | ".join(_quoted(f"{month}:{word}") for word in alternatives) + ")" for alternatives in groups
    )
    words = Func(*map(F, _COLUMNS), function="tanggap_month_words", output_field=SearchVectorField())
    asked = Func(Value(query), template="(%(expressions)s)::tsquery", output_field=SearchQueryField())
    return CombinedExpression(words, "@@", asked, output_field=BooleanField())


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
