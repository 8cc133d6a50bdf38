"""Load the areas: 91,599 rows by COPY into a table of the moment, and one statement for each kind of change."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from tanggap.domain.reference import Change
from tanggap.domain.reference_rows import AreaRow, PointRow

_DRAFT = """
CREATE TEMPORARY TABLE area_draft (
    code text PRIMARY KEY, name text, level text, parent_id text, postal_code text,
    latitude float8, longitude float8, population integer, area_km2 float8
) ON COMMIT DROP
"""
_COPY = "COPY area_draft FROM STDIN"
_ADD = """
INSERT INTO tanggap_area
    (code, name, level, parent_id, postal_code, latitude, longitude, population, area_km2, code_book)
SELECT d.*, %(book)s FROM area_draft d WHERE NOT EXISTS (SELECT FROM tanggap_area a WHERE a.code = d.code)
"""
_CHANGE = """
UPDATE tanggap_area a SET name = d.name, level = d.level, parent_id = d.parent_id, postal_code = d.postal_code,
    latitude = d.latitude, longitude = d.longitude, population = d.population, area_km2 = d.area_km2, valid_to = NULL
FROM area_draft d
WHERE a.code = d.code AND (
    a.valid_to IS NOT NULL OR
    (a.name, a.level, a.parent_id, a.postal_code, a.latitude, a.longitude, a.population, a.area_km2) IS DISTINCT FROM
    (d.name, d.level, d.parent_id, d.postal_code, d.latitude, d.longitude, d.population, d.area_km2))
"""
_RETIRE = """
UPDATE tanggap_area a SET valid_to = %(today)s
WHERE a.valid_to IS NULL AND NOT EXISTS (SELECT FROM area_draft d WHERE d.code = a.code)
"""
# The area is the same under the new decree: only the name of the book moves on, which is no change to report.
_REBIND = """
UPDATE tanggap_area a SET code_book = %(book)s
WHERE a.code_book <> %(book)s AND a.valid_to IS NULL
"""


def load(areas: Iterable[AreaRow], points: Iterable[PointRow], *, code_book: str, today: date) -> Change:
    """Bring the areas up to a code book. A code that is gone gets an end date: old reports still name it.

    Must run inside a transaction; parents may come after children in the input.
    """
    point_of = {point.code: point for point in points}
    values: dict[str, str | date] = {"book": code_book, "today": today}
    total = 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS area_draft")
        cursor.execute(_DRAFT)
        with cursor.copy(_COPY) as copy:
            for area in areas:
                total += 1
                copy.write_row(_line(area, point_of.get(area.code)))
        counts = []
        for statement in (_CHANGE, _ADD, _RETIRE):
            cursor.execute(statement, values)
            counts.append(cursor.rowcount)
        cursor.execute(_REBIND, values)
        cursor.execute("DROP TABLE area_draft")
    changed, added, retired = counts
    if added:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE tanggap_area")
    return Change("areas", added=added, changed=changed, retired=retired, unchanged=total - added - changed)


def _line(area: AreaRow, point: PointRow | None) -> tuple[object, ...]:
    place = (None,) * 4 if point is None else (point.lat, point.lng, point.population, point.area_km2)
    return area.code, area.name, area.level, area.parent or None, area.postal_code, *place
