"""What narrows a list of the desk: read from the address, drawn as a form and as chips, written back as an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tanggap.domain import bulk
from tanggap.domain.actors import Officer
from tanggap.selectors.narrowing import DATES, FLAGS, PLACES, SELECTS, TAG, WORDS, day_of
from tanggap.selectors.words import words_of
from tanggap.templatetags.tanggap import tanggal
from tanggap.web.workbench import lists
from tanggap.web.workbench.widgets import options_of

PATH: Final = "/meja"
SEARCH: Final = "/meja/cari"
PAGE_KEY: Final = "sesudah"
# What a changed filter leaves behind: the page that was shown, and the kept list, which it is no more.
_GONE: Final = frozenset({PAGE_KEY, "tampilan"})
_DATES: Final[Mapping[str, Promise]] = {
    "dari": _("Diterima sejak"),
    "sampai": _("Diterima sampai"),
    "jatuh-dari": _("Jatuh tempo sejak"),
    "jatuh-sampai": _("Jatuh tempo sampai"),
}
_FLAGS: Final[Mapping[str, Promise]] = {
    "terlambat": _("Terlambat"),
    "dibuka-lagi": _("Pernah dibuka kembali"),
    "janji-lewat": _("Jadwal lewat"),
    "tidak-bergerak": _("Tidak bergerak 14 hari kerja"),
}


def href(asked: Mapping[str, Any], *, path: str = PATH, **changes: str) -> str:
    """Return the address of the list with some parameters changed, from its first page on."""
    gone = _GONE if changes.keys() - {PAGE_KEY} else {PAGE_KEY}
    kept = {name: str(value) for name, value in asked.items() if name not in gone} | changes
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


def context(
    asked: QueryDict, viewer: Officer, load: int, language: str, *, path: str = PATH, places: tuple[str, ...] = PLACES
) -> dict[str, Any]:
    """Return the form of the filters and the chips of those that are set; `places` are kept whatever is narrowed."""
    selects = [Select(made, asked.get(made.name, "")) for made in lists.of_filters(viewer, load, language)]
    chips = list(_chips(asked, selects, path))
    return {
        "words": asked.get(WORDS, ""),
        "tag": asked.get(TAG, ""),
        "selects": selects,
        "dates": [
            {"name": name, "label": label, "value": asked.get(name, "") if day_of(asked.get(name, "")) else ""}
            for name, label in _DATES.items()
        ],
        "flags": [{"name": name, "label": label, "on": bool(asked.get(name))} for name, label in _FLAGS.items()],
        "chips": chips,
        "clear": href(asked, path=path, **dict.fromkeys((WORDS, TAG, *SELECTS, *DATES, *FLAGS), "")),
        "kept": [(name, asked[name]) for name in places if asked.get(name)],
        "is_filtered": bool(chips),
    }


def _chips(asked: QueryDict, selects: list[Select], path: str) -> Iterator[dict[str, str]]:
    said: list[tuple[str, Any, str]] = [
        (WORDS, _("Kata"), words_of(asked.get(WORDS, ""))),
        (TAG, _("Tanda"), bulk.tag(asked.get(TAG, ""))),
        *((select.choices.name, select.choices.label, select.words) for select in selects),
    ]
    for name, label, words in said:
        if words:
            yield _chip(asked, path, name, f"{label}: {words}")
    for name, label in _DATES.items():
        if day := day_of(asked.get(name, "")):
            yield _chip(asked, path, name, f"{label} {tanggal(day)}")
    for name, label in _FLAGS.items():
        if asked.get(name):
            yield _chip(asked, path, name, str(label))


def _chip(asked: QueryDict, path: str, name: str, label: str) -> dict[str, str]:
    return {"label": label, "href": href(asked, path=path, **{name: ""})}
