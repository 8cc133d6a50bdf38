"""What an address says of a list of the desk, read into filters: for pages, exports and saved views alike."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tanggap.domain import bulk, queues
from tanggap.domain.actors import Role
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Family, Status
from tanggap.domain.queues import Queue, Secrecy
from tanggap.selectors.queues import Filters
from tanggap.selectors.words import words_of

_MOST_DIGITS: Final = 9
_LONGEST: Final = 200
WHOLE: Final = "semua"  # of the statuses: what is over, too
NEWEST: Final = "terbaru"
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_YES, _NO = "ya", "tidak"

# Chosen by a link beside the list.
PLACES: Final = ("antrean", "keluarga", "instansi")
SELECTS: Final = (
    *("status", "tenggat", "kategori", "klasifikasi", "pengawasan", "kanal", "unit", "wilayah", "nilai"),
    *("kerahasiaan", "urut"),
)
DATES: Final = ("dari", "sampai", "jatuh-dari", "jatuh-sampai")
FLAGS: Final = ("terlambat", "dibuka-lagi", "janji-lewat", "tidak-bergerak")
WORDS: Final = "kata"
TAG: Final = "tanda"
# Everything that an address of a list may say, and a saved view may hold.
KNOWN: Final = (*PLACES, WORDS, TAG, *SELECTS, *DATES, *FLAGS)


def known(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return what an address says of a list and nothing else, without empty values."""
    said = {name: str(asked[name]).replace("\x00", "")[:_LONGEST] for name in KNOWN if asked.get(name)}
    return {name: value for name, value in said.items() if value}


def read(asked: Mapping[str, Any], role: Role) -> Filters:
    """Read what narrows the list; what does not parse narrows nothing."""
    said = known(asked)
    status, family = code_of(Status, said.get("status")), code_of(Family, said.get("keluarga"))
    tag = bulk.tag(said.get(TAG, ""))
    is_whole, is_overdue = said.get("status") == WHOLE, "terlambat" in said
    is_flagged = any(flag in said for flag in ("terlambat", "janji-lewat", "tidak-bergerak"))
    is_all = is_whole or is_flagged or bool(tag) or (status or family) is not None
    rating = said.get("nilai", "")
    supervisory = said.get("pengawasan")
    return Filters(
        queue=_queue(said, role, is_asked_for=is_all),
        family=family,
        is_overdue=is_overdue,
        category=said.get("kategori", ""),
        classification=said.get("klasifikasi", ""),
        unit_id=number_of(said.get("unit", "")),
        area=said.get("wilayah", ""),
        words=words_of(said.get("kata", "")),
        status=status,
        is_whole=is_whole,
        is_newest_first=said.get("urut") == NEWEST,
        clock=code_of(Clock, said.get("tenggat")),
        channel=said.get("kanal", ""),
        since=day_of(said.get("dari", "")),
        until=day_of(said.get("sampai", "")),
        due_since=day_of(said.get("jatuh-dari", "")),
        due_until=day_of(said.get("jatuh-sampai", "")),
        agency_id=number_of(said.get("instansi", "")),
        rating=int(rating) if rating in set("12345") else None,
        is_reopened="dibuka-lagi" in said,
        is_promise_late="janji-lewat" in said,
        is_stale="tidak-bergerak" in said,
        secrecy=code_of(Secrecy, said.get("kerahasiaan")),
        supervisory={_YES: True, _NO: False}.get(supervisory or ""),
        tag=tag,
    )


def _queue(said: Mapping[str, str], role: Role, *, is_asked_for: bool) -> Queue:
    """Return the queue that is meant: who asks for a status, or for what is late, asks about the whole office."""
    first = queues.OWN if is_asked_for else queues.OWED
    return queues.called(said.get("antrean", ""), role) or first


def code_of[T: StrEnum](kind: type[T], code: str | None) -> T | None:
    """Return the member that a text names, or None."""
    return next((one for one in kind if one.value == code), None)


def number_of(text: str) -> int | None:
    """Return the whole number that a text is, of a length that a key can have, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def day_of(text: str) -> date | None:
    """Return the day that a text names, of a year in which reports can be."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
