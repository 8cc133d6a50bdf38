"""The list that an officer works through: in the address of each report, so that next, previous and back are its own.

The address says the list as the list's own address does, in one parameter, and is read by the same reader: whatever is
sent is a list that this officer may ask for anyway. A second parameter keeps the place of a report that a deed moved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from tanggap.domain import queues
from tanggap.domain.actors import Officer
from tanggap.selectors import narrowing as selector
from tanggap.selectors import neighbours
from tanggap.selectors.neighbours import Neighbours
from tanggap.selectors.queues import Filters
from tanggap.web.workbench import narrowing
from tanggap.web.workbench.forms import Desk

LIST: Final = "daftar"
PLACE: Final = "tempat"
# Of a list's address, besides what narrows it: which kept list it is, and which page was shown.
_BESIDES: Final = ("tampilan", narrowing.PAGE_KEY)
_KEY: Final = re.compile(r"[\w-]{1,500}", re.ASCII)
_LONGEST: Final = 2000


def tail(asked: Mapping[str, Any]) -> str:
    """Return what the addresses of reports end with that a list leads to; '' for the list that a desk begins with."""
    return _query(_list_fields(_said(asked)))


@dataclass(frozen=True, slots=True)
class Walk:
    """A report on the desk as one of a list: `said` is the list's address, `place` where the officer stands."""

    desk: Desk
    said: Mapping[str, str]
    filters: Filters
    place: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """Return what the addresses of this report bear, for a form that is sent as an address."""
        return _list_fields(self.said) | ({PLACE: self.place} if self.place else {})

    @property
    def tail(self) -> str:
        """Return what the addresses of this report end with."""
        return _query(self.fields)

    @property
    def more(self) -> str:
        """Return the same for an address that says something already."""
        return self.tail.replace("?", "&", 1)

    @property
    def list_tail(self) -> str:
        """Return what the addresses of other reports of the list end with."""
        return _query(_list_fields(self.said))

    @property
    def back(self) -> str:
        """Return the address of the list, on the page that was left."""
        return _page(self.said, self.filters, self.said.get(narrowing.PAGE_KEY, ""))

    @property
    def back_behind(self) -> str:
        """Return the address of the list where it goes on after this report, which is out of the officer's sight."""
        behind = neighbours.page_after(**self._row(), place=self.held().place) if self._is_walked else ""
        return _page(self.said, self.filters, behind)

    def neighbours(self) -> Neighbours:
        """Return the reports before and after this one, or its place; past the end comes the first."""
        return neighbours.around(**self._row(), place=self.place) if self._is_walked else Neighbours("", "")

    def to(self, number: str) -> str:
        """Return the address of another report of the list; that of the list for none."""
        return f"{resolve_url('workbench:report', number)}{self.list_tail}" if number else self.back

    def here(self, **values: str) -> str:
        """Return the address of this report, which says some values besides."""
        return f"{resolve_url('workbench:report', self.desk.dossier.report.number)}{_query(values | self.fields)}"

    def held(self) -> "Walk":
        """Return the walk with the place that it has now, whatever becomes of the report."""
        return replace(self, place=self.place or neighbours.place_of(self.desk.dossier.report, self.filters))

    def after_deed(self, report: Any) -> "Walk":
        """Return the walk with the place that the report had before a deed, where the deed has moved it."""
        held = self.held()
        return self if held.place == neighbours.place_of(report, self.filters) else held

    @property
    def _is_walked(self) -> bool:
        # What is verified in another agency's place stands in that one list alone.
        return self.filters.queue.is_others or not self.desk.dossier.is_in_place

    def _row(self) -> dict[str, Any]:
        return {"viewer": self.desk.viewer, "filters": self.filters, "report": self.desk.dossier.report}


def of(request: HttpRequest, desk: Desk) -> Walk:
    """Return the walk that the address of a report says; what does not parse is the list that a desk begins with."""
    said, filters = _asked(request, desk.viewer)
    place = request.GET.get(PLACE, "")
    return Walk(desk, said, filters, place if neighbours.is_place(place, filters) else "")


def list_of(request: HttpRequest, viewer: Officer) -> str:
    """Return the address of the list that the address of a report says, whether there is such a report or not."""
    said, filters = _asked(request, viewer)
    return _page(said, filters, said.get(narrowing.PAGE_KEY, ""))


def _asked(request: HttpRequest, viewer: Officer) -> tuple[dict[str, str], Filters]:
    said = _said(dict(parse_qsl(request.GET.get(LIST, "")[:_LONGEST])))
    return said, selector.read(said, viewer.role)


def _page(said: Mapping[str, str], filters: Filters, key: str) -> str:
    if filters.queue is queues.FOUND:
        words = said.get(selector.WORDS, "")
        return narrowing.href(said, path=narrowing.SEARCH, antrean="", kata="", q=words, sesudah=key)
    return narrowing.href(said, sesudah=key)


def _said(asked: Mapping[str, Any]) -> dict[str, str]:
    besides = {name: str(asked[name]) for name in _BESIDES if _KEY.fullmatch(str(asked.get(name, "")))}
    return selector.known(asked) | besides


def _list_fields(said: Mapping[str, str]) -> dict[str, str]:
    text = urlencode(said)
    return {LIST: text} if 0 < len(text) <= _LONGEST else {}


def _query(fields: Mapping[str, str]) -> str:
    return f"?{urlencode(fields)}" if fields else ""
