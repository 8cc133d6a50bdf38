"""Read what goes out as open data, as it stood at one moment, table by table and never all in memory (ADR 0064).

Everyone may know it, so no viewer is asked for. Of reports there are publications and the facts of what has one; all
that is counted beside them goes out as sums, as the published figures have them. Lines are written by the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from tanggap.domain import open_data
from tanggap.domain.assessments import PUBLIC
from tanggap.domain.open_data import Resource, Scope, Table
from tanggap.models import Agency
from tanggap.selectors import indicators, open_data_dictionary, open_data_figures
from tanggap.selectors.open_data_lists import LISTS
from tanggap.selectors.open_data_tables import OF_REPORTS, PLAIN

PIECE: Final = 5_000  # reports of which the lines are sorted at once

# By number, which tells neither when a report came nor how many there are: the order of keys would.
_CHOOSE: Final = """
CREATE TEMPORARY TABLE open_data_chosen ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY publication.number COLLATE "C"))::int AS place, publication.report_id
FROM tanggap_publication AS publication LEFT JOIN tanggap_indicatorfact AS fact USING (report_id)
WHERE (%(first)s::date IS NULL OR fact.received_on BETWEEN %(first)s AND %(last)s)
    AND (%(agency)s::bigint IS NULL OR publication.agency_id = %(agency)s
        OR (NOT fact.is_secret AND ARRAY[fact.facts ->> 'received_agency', fact.facts ->> 'verify_agency',
            fact.facts ->> 'followup_agency', fact.facts ->> 'resolve_agency', fact.facts ->> 'now_agency']
            @> ARRAY[%(agency)s::text]))
"""


class NotFoundError(LookupError):
    """There is no such agency."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of the database, of which a package is made."""

    scope: Scope
    now: datetime
    computed_on: date
    size: int

    def tables(self) -> Iterator[Table]:
        """Yield every table that is read, in the order of the dictionary; each is to be written before the next."""
        for resource in open_data_dictionary.tables().values():
            lines = self._lines(resource)
            if lines is not None:
                yield Table(resource, lines)

    def _lines(self, resource: Resource) -> Iterable[bytes] | None:
        name = resource.name
        if name in OF_REPORTS:
            return self._of_reports(OF_REPORTS[name])
        if name == "log" and not self.scope.is_full:
            return None
        if name in LISTS:
            return _copied(LISTS[name].format(**_NAMES), self._asked)
        if name not in open_data_figures.COMPUTED:
            return None
        figures = open_data_figures.Figures(self.scope, self.computed_on)
        return map(open_data.line, getattr(figures, name)())

    @property
    def _asked(self) -> dict[str, Any]:
        return {
            "agency": self.scope.agency_id,
            "month": self.scope.month or None,
            "today": self.now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
            "zone": settings.TIME_ZONE,
            "told": sorted(state.value for state in PUBLIC),
            "plain": list(PLAIN),
            "now": self.now,
            "home": settings.PUBLIC_URL,
        }

    def _of_reports(self, statement: str) -> Iterator[bytes]:
        sql = statement.format(chosen="open_data_chosen", of="chosen.place BETWEEN %(from)s AND %(to)s", **_NAMES)
        for start in range(1, self.size + 1, PIECE):
            yield from _copied(sql, self._asked | {"from": start, "to": start + PIECE - 1})


_NAMES: Final = {name: f"%({name})s" for name in ("agency", "month", "today", "zone", "told", "plain", "now", "home")}


def scope(*, month: str = "", agency: str = "") -> Scope:
    """Return what a package is of. Raises BadScopeError for what cannot be, NotFoundError for an unknown agency."""
    asked = Scope(month, agency)
    if not agency:
        return asked
    found = Agency.objects.filter(slug=agency).values_list("pk", flat=True).first()
    if found is None:
        raise NotFoundError(agency)
    return Scope(month, agency, found)


@contextmanager
def snapshot(of: Scope, *, now: datetime) -> Iterator[Snapshot]:
    """Hold one moment of the database, and choose the reports that go out."""
    is_first = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_first:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # Days are written as ISO 8601 has them, whatever the server is used to.
        cursor.execute("SET LOCAL datestyle = 'ISO'")
        days = of.days
        cursor.execute("DROP TABLE IF EXISTS pg_temp.open_data_chosen")
        cursor.execute(
            _CHOOSE,
            {
                "first": days.first if days else None,
                "last": days.last if days else None,
                "agency": of.agency_id,
            },
        )
        size = cursor.rowcount
        cursor.execute("ALTER TABLE open_data_chosen ADD PRIMARY KEY (place)")
        cursor.execute("ANALYZE open_data_chosen")
        computed = indicators.computed_at() or now
        yield Snapshot(of, now, computed.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), size)


def _copied(statement: str, asked: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the lines of a statement, as the database writes them."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)", asked) as rows:
        for row in rows:
            line = bytes(row[:-1])
            # A line of a file is a row of a table: what breaks lines in a cell goes out as a space.
            yield line.replace(b"\r", b" ").replace(b"\n", b" ") if b"\n" in line or b"\r" in line else line
