"""Notes that offices write among themselves about a report: who reads one, and who is mentioned in it."""

import re
from enum import StrEnum
from typing import Final

from tanggap.domain.actors import Officer, unit_of


class Audience(StrEnum):
    """Who may read a note, of those who may know of its report."""

    AGENCY = "agency"  # the author's agency
    UNIT = "unit"  # the author's unit and the units below it; for an admin the admins of the agency
    ALL = "all"  # every office that has the report, supports it or decides about it


LONGEST: Final = 5000
MOST_MENTIONS: Final = 10
# Not the middle of an address of e-mail.
_MENTION: Final = re.compile(r"(?<![\w.@+-])@(\w[\w.+-]*)")


def mentioned(text: str) -> tuple[str, ...]:
    """Return the names for signing in that a text mentions, each once, without the full stop of a sentence."""
    return tuple(dict.fromkeys(found.rstrip(".-+").lower() for found in _MENTION.findall(text)))


def may_read(reader: Officer, audience: Audience, *, agency_id: int, unit_id: int | None, path: frozenset[int]) -> bool:
    """Say whether an officer who may know of the report reads a note of an office; `path` is the reader's unit
    with those above it.
    """
    match audience:
        case Audience.ALL:
            return True
        case Audience.AGENCY:
            return reader.agency_id == agency_id
        case Audience.UNIT:
            return reader.agency_id == agency_id and (unit_id in path if unit_id else unit_of(reader) is None)
