"""What an address says of a list of oversight, read into filters, and written as chips that can be taken off."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tanggap.domain.clocks import Clock
from tanggap.domain.lifecycle import Family
from tanggap.selectors.names import Names
from tanggap.selectors.narrowing import code_of, day_of, number_of
from tanggap.selectors.oversight import Filters
from tanggap.selectors.queues import NO_UNIT
from tanggap.templatetags.tanggap import tanggal
from tanggap.web import wording
from tanggap.web.oversight import tabs

TAB: Final = "lihat"
_CLOCK, _UNIT, _SINCE, _UNTIL = _NARROWS = ("tenggat", "unit", "jatuh-dari", "jatuh-sampai")


def known(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return what an address says of a list and nothing else, without empty values."""
    return {name: str(asked[name]) for name in (TAB, *_NARROWS) if asked.get(name)}


def read(said: Mapping[str, str], *, agency_id: int | None) -> Filters:
    """Read what narrows a list; what does not parse narrows nothing."""
    tab = tabs.asked(said)
    return Filters(
        agency_id=agency_id,
        family=code_of(Family, tab),
        is_overdue=tab == tabs.LATE,
        is_returned=tab == tabs.RETURNED,
        unit_id=number_of(said.get(_UNIT, "")),
        clock=code_of(Clock, said.get(_CLOCK)),
        due_since=day_of(said.get(_SINCE, "")),
        due_until=day_of(said.get(_UNTIL, "")),
    )


def href(path: str, said: Mapping[str, str], **changes: str) -> str:
    """Return the address of a list with some parameters changed."""
    query = urlencode({name: value for name, value in ({**said, **changes}).items() if value})
    return f"{path}?{query}" if query else path


def chips(path: str, said: Mapping[str, str], known: Names) -> Iterator[dict[str, str]]:
    """Give what narrows a list beside its tab, each with the way to the list without it."""
    filters = read(said, agency_id=None)
    words = {
        _CLOCK: f"{_('Batas waktu')}: {wording.CLOCK[filters.clock]}" if filters.clock else "",
        _UNIT: "" if filters.unit_id is None else f"{_('Unit')}: {_unit(filters.unit_id, known)}",
        _SINCE: f"{_('Jatuh tempo sejak')} {tanggal(filters.due_since)}" if filters.due_since else "",
        _UNTIL: f"{_('Jatuh tempo sampai')} {tanggal(filters.due_until)}" if filters.due_until else "",
    }
    for name, label in words.items():
        if label:
            yield {"label": label, "href": href(path, said, **{name: ""})}


def _unit(unit_id: int, known: Names) -> str:
    if unit_id == NO_UNIT:
        return _("Belum ada unit")
    try:
        return known.unit(unit_id).name
    except KeyError:
        return "?"
