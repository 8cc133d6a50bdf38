"""What every page of oversight begins with: who looks, and where that person may go."""

from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tanggap.domain import actors, references
from tanggap.domain.actors import Evaluator, Head, Ombudsman, Overseer, RegionalOverseer, Watcher
from tanggap.web.actors import actor_of


def watcher(request: HttpRequest, now: datetime) -> Watcher:
    """Return the watcher; whoever is none was turned away by `watcher_required` already."""
    found = actors.watcher(actor_of(request, now))
    if found is None:
        raise Http404
    return found


def number_of(text: str) -> str:
    """Return a report number as it is stored; raises Http404 for what cannot be one, as for an unknown one."""
    number = references.parse(text)
    if number is None:
        raise Http404
    return number


_MOST_PAGES: Final = 99


def page_of(asked: str) -> int:
    """Return which page of a list an address asks for; the first for what is no number."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < len(str(_MOST_PAGES)) + 1
    return max(1, int(asked)) if is_number else 1


def places(viewer: Watcher) -> list[dict[str, Any]]:
    """Return where the viewer may go, for the navigation."""
    board = {"href": "/pengawasan", "label": _("Pengawasan")}
    late = {"href": "/pengawasan/terlambat", "label": _("Papan terlambat")}
    assessed = {"href": "/pengawasan/penilaian", "label": pgettext("instansi", "Penilaian")}
    three = {"href": "/pengawasan/panrb", "label": _("Indikator PANRB")}
    recaps = {"href": "/pengawasan/rekap", "label": _("Rekap")}
    exact = {"href": "/pengawasan/rahasia", "label": _("Laporan rahasia")}
    again = {"href": "/pengawasan/masalah-berulang", "label": _("Masalah berulang")}
    match viewer:
        case Head(unit_id=None):
            return [board, {"href": "/pengawasan/laporan", "label": _("Laporan kami")}, late, recaps, again, assessed]
        case Head():
            return [board, {"href": "/pengawasan/laporan", "label": _("Laporan kami")}, late, again, assessed]
        case Evaluator():
            return [board, {"href": "/pengawasan/contoh", "label": _("Contoh acak")}, three, exact, again, assessed]
        case Ombudsman():
            return [board, {"href": "/pengawasan/angka", "label": _("Angka")}]
        case RegionalOverseer() | Overseer():
            return [board, late, three, recaps, again, assessed]
