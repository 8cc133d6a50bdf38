"""What narrows a list of the desk: read from the address, drawn as a form and as chips, written back as an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tanggap.domain import queues
from tanggap.domain.actors import Officer
from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Family, Status
from tanggap.domain.queues import Queue, Secrecy
from tanggap.selectors.queues import Filters
from tanggap.templatetags.tanggap import tanggal
from tanggap.web.workbench import lists
from tanggap.web.workbench.widgets import options_of

PATH: Final = "/meja"
_MOST_DIGITS: Final = 9
_LONGEST: Final = 200
_YES, _NO = "ya", "tidak"
PAGE_KEY: Final = "sesudah"

# Chosen by a link beside the list.
PLACES: Final = ("antrean", "keluarga")
DATES: Final[Mapping[str, Promise]] = {"dari": _("Diterima sejak"), "sampai": _("Diterima sampai")}
FLAGS: Final[Mapping[str, Promise]] = {"terlambat": _("Terlambat"), "dibuka-lagi": _("Pernah dibuka kembali")}
SELECTS: Final = (
    *("status", "tenggat", "kategori", "klasifikasi", "pengawasan", "kanal", "unit", "wilayah", "nilai"),
    "kerahasiaan",
)
# Everything that an address of a list may say, and a saved view may hold.
KNOWN: Final = (*PLACES, *SELECTS, *DATES, *FLAGS)


def known(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return what an address says of a list and nothing else, without empty values."""
    said = {name: str(asked[name]).replace("\x00", "")[:_LONGEST] for name in KNOWN if asked.get(name)}
    return {name: value for name, value in said.items() if value}


def read(asked: Mapping[str, Any], viewer: Officer) -> Filters:
    """Read what narrows the list; what does not parse narrows nothing."""
    said = known(asked)
    status, family = _one(Status, said.get("status")), _one(Family, said.get("keluarga"))
    is_overdue = "terlambat" in said
    rating = said.get("nilai", "")
    supervisory = said.get("pengawasan")
    return Filters(
        queue=_queue(said, viewer, is_asked_for=status is not None or family is not None or is_overdue),
        family=family,
        is_overdue=is_overdue,
        category=said.get("kategori", ""),
        classification=said.get("klasifikasi", ""),
        unit_id=_number(said.get("unit", "")),
        area=said.get("wilayah", ""),
        status=status,
        clock=_one(Clock, said.get("tenggat")),
        channel=said.get("kanal", ""),
        since=_date(said.get("dari", "")),
        until=_date(said.get("sampai", "")),
        rating=int(rating) if rating in set("12345") else None,
        is_reopened="dibuka-lagi" in said,
        secrecy=_one(Secrecy, said.get("kerahasiaan")),
        supervisory={_YES: True, _NO: False}.get(supervisory or ""),
    )


def _queue(said: Mapping[str, str], viewer: Officer, *, is_asked_for: bool) -> Queue:
    """Return the queue that is meant: who asks for a status, or for what is late, asks about the whole office."""
    first = queues.OWN if is_asked_for else queues.OWED
    return queues.called(said.get("antrean", ""), viewer.role) or first


def _one[T: StrEnum](kind: type[T], code: str | None) -> T | None:
    return next((one for one in kind if one.value == code), None)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def href(asked: Mapping[str, Any], *, path: str = PATH, **changes: str) -> str:
    """Return the address of the list with some parameters changed, from its first page on."""
    kept = {name: str(value) for name, value in asked.items() if name != PAGE_KEY} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: its list of choices, and the one that is set."""

    choices: lists.Choices
    value: str

    @property
    def drawn(self) -> SafeString:
        """Return the options as they stand in the page."""
        return options_of(self.choices.options, {self.value}) if self.words else self.choices.drawn

    @property
    def words(self) -> str:
        """Return the words of what is set, for its chip; '' when nothing or something unknown is set."""
        return next((words for code, words in self.choices.options if code == self.value), "") if self.value else ""


def context(asked: QueryDict, viewer: Officer, load: int, language: str) -> dict[str, Any]:
    """Return the form of the filters and the chips of those that are set."""
    selects = [Select(made, asked.get(made.name, "")) for made in lists.of_filters(viewer, load, language)]
    chips = list(_chips(asked, selects))
    return {
        "selects": selects,
        "dates": [
            {"name": name, "label": label, "value": asked.get(name, "") if _date(asked.get(name, "")) else ""}
            for name, label in DATES.items()
        ],
        "flags": [{"name": name, "label": label, "on": bool(asked.get(name))} for name, label in FLAGS.items()],
        "chips": chips,
        "clear": href(asked, **dict.fromkeys((*SELECTS, *DATES, *FLAGS), "")),
        "kept": [(name, asked[name]) for name in PLACES if asked.get(name)],
        "is_filtered": bool(chips),
    }


def _chips(asked: QueryDict, selects: list[Select]) -> Iterator[dict[str, str]]:
    for select in selects:
        if select.words:
            yield _chip(asked, select.choices.name, f"{select.choices.label}: {select.words}")
    for name, label in DATES.items():
        if day := _date(asked.get(name, "")):
            yield _chip(asked, name, f"{label} {tanggal(day)}")
    for name, label in FLAGS.items():
        if asked.get(name):
            yield _chip(asked, name, str(label))


def _chip(asked: QueryDict, name: str, label: str) -> dict[str, str]:
    return {"label": label, "href": href(asked, **{name: ""})}
