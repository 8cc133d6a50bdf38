"""What every page of the desk begins with: who asks, and for which report."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest

from tanggap.domain import actors, references
from tanggap.domain.actors import Officer
from tanggap.selectors import dossiers, reports
from tanggap.web.actors import actor_of
from tanggap.web.workbench.forms import Desk


def officer(request: HttpRequest, now: datetime) -> Officer:
    """Return the officer; whoever is none was turned away by `officer_required` already."""
    found = actors.officer(actor_of(request, now))
    if found is None:
        raise Http404
    return found


def number_of(text: str) -> str:
    """Return a report number as it is stored; raises Http404 for what cannot be one, as for an unknown one."""
    number = references.parse(text)
    if number is None:
        raise Http404
    return number


def desk(request: HttpRequest, number: str, now: datetime, *, also_in_place: bool = False) -> Desk:
    """Return the officer at the desk before a report; raises Http404 alike for unknown and forbidden.

    `also_in_place`: a page that an admin needs who verifies in the place of a late agency; the others are closed.
    """
    return desk_of(officer(request, now), number_of(number), now, also_in_place=also_in_place)


def desk_of(viewer: Officer, number: str, now: datetime, *, also_in_place: bool = False) -> Desk:
    """Return a known officer at the desk before a report; raises Http404 as `desk` does."""
    try:
        dossier = dossiers.get(viewer=viewer, number=number, now=now, also_in_place=also_in_place)
    except reports.NotFoundError as error:
        raise Http404 from error
    today = now.astimezone(ZoneInfo(dossier.report.owner_agency.timezone)).date()
    return Desk(viewer, dossier, today)
