"""What somebody who searches may mean: an office, a category or a place whose name begins with what was typed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tanggap.selectors import agencies, areas, categories
from tanggap.selectors.names import Names
from tanggap.templatetags.tanggap import named

_MOST: Final = 3  # of each kind
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that may be meant, and the list that it leads to."""

    kind: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    words: str  # the name in small letters, with a space before each word
    href: str


def of(query: str, known: Names, language: str) -> list[Guess]:
    """Return what a search may mean, offices first; nothing for a short or an empty one. Takes no query of its own
    once the names of this load of reference data are known."""
    typed = " ".join(query.replace('"', " ").lower().split())
    if len(typed) < _SHORTEST:
        return []
    found = []
    for kind, make in _KINDS.items():
        names = known.remembered(f"guesses.{kind}", language, partial(_listed, make))
        words = _said(kind)
        found += [Guess(words, one.name, one.href) for one in _first(names, f" {typed}")]
    return found


def _listed(make: Callable[[], Iterator[_Known]]) -> list[_Known]:
    return list(make())


def _first(names: Iterable[_Known], typed: str) -> list[_Known]:
    """Return the first of those in which a word begins so, the names that begin so before the others."""
    matching = [one for one in names if typed in one.words]
    return sorted(matching, key=lambda one: (not one.words.startswith(typed), len(one.name)))[:_MOST]


def _said(kind: str) -> str:
    return {"office": pgettext("daftar", "Instansi"), "category": _("Kategori"), "area": _("Wilayah")}[kind]


def _known(name: str, more: str = "", **values: str) -> _Known:
    return _Known(name, f" {name} {more}".lower(), f"/laporan?{urlencode(values)}")


def _offices() -> Iterator[_Known]:
    for agency in agencies.active():
        yield _known(agency.name, agency.short_name, instansi=agency.slug)
        if agency.slug == settings.HOME_AGENCY:
            for unit in agencies.units(agency.pk):
                yield _known(unit.name, unit.short_name, instansi=f"{agency.slug}/{unit.slug}")


def _categories() -> Iterator[_Known]:
    for row in categories.active():
        yield _known(named(row), kategori=row.code)


def _areas() -> Iterator[_Known]:
    """The places at home; of each the one above is said, for the same names come again."""
    rows = areas.inside(settings.HOME_AREA)
    names = dict(rows)
    for code, name in rows:
        above = names.get(code.rpartition(".")[0], "")
        yield _Known(
            f"{name}, {above}" if above else name, f" {name}".lower(), f"/laporan?{urlencode({'wilayah': code})}"
        )


_KINDS: Final[dict[str, Callable[[], Iterator[_Known]]]] = {
    "office": _offices,
    "category": _categories,
    "area": _areas,
}
