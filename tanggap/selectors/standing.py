"""Whether agencies are connected and active on a day: a valid decree, an admin who was there (DOMAIN 7.1).

Public figures over agencies, so no viewer is asked for. It reads who was appointed, never a report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

ACTIVE_WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency on a day, as the formulas over agencies ask for it."""

    agency_id: int
    row: dict[str, Any]


# A decree of the agency itself, in force and not withdrawn by then; an admin of then who was there in the thirty days.
_STANDING: Final = """
SELECT agency.id, agency.kind, agency.area_id,
    EXISTS (
        SELECT FROM tanggap_decree AS decree
        WHERE decree.agency_id = agency.id AND decree.valid_from <= %(on)s
            AND (decree.valid_to IS NULL OR decree.valid_to >= %(on)s)
            AND (decree.withdrawn_at IS NULL OR decree.withdrawn_at::date > %(on)s)
    ),
    EXISTS (
        SELECT FROM tanggap_appointment AS post JOIN tanggap_signinday AS there ON there.user_id = post.user_id
        WHERE post.agency_id = agency.id AND post.role = ANY(%(admins)s)
            AND post.valid_from <= %(on)s AND (post.valid_to IS NULL OR post.valid_to >= %(on)s)
            AND there.day > %(since)s AND there.day <= %(on)s
    )
FROM tanggap_agency AS agency
WHERE agency.id = ANY(%(ids)s) AND agency.valid_from <= %(on)s
    AND (agency.valid_to IS NULL OR agency.valid_to >= %(on)s)
ORDER BY agency.id
"""
_ADMINS: Final = ["agency_admin", "national_admin"]


def of(ids: Iterable[int], on: date) -> list[Standing]:
    """Return how some agencies stand on a day; those that were not there then are left out."""
    asked: dict[str, Any] = {"ids": sorted(set(ids)), "on": on, "since": on - ACTIVE_WITHIN, "admins": _ADMINS}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, asked)
        return [
            Standing(pk, {"agency": pk, "kind": kind, "area": area, "has_decree": has_decree, "was_active": was_active})
            for pk, kind, area, has_decree, was_active in cursor.fetchall()
        ]
