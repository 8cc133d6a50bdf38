"""A report that left the officer's sight while somebody typed: the own words are there, and nothing else is told.

For whoever shows the mark of a page that was given to this very account. Whether the report went to another unit, is
secret now or names the officer, the answer is the same (ADR 0085). Without a mark it is that of an unknown number.
"""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanggap.domain.actors import Officer
from tanggap.domain.drafts import Kept, place_of
from tanggap.domain.intake import clean
from tanggap.domain.lifecycle import Action
from tanggap.selectors import dossiers, names
from tanggap.services import drafts as service
from tanggap.web import wording
from tanggap.web.workbench import deeds, doors, drafts, walks
from tanggap.web.workbench.forms import DeedForm


def was_open(request: HttpRequest, number: str, now: datetime) -> bool:
    """Say whether the form comes from a page that we gave to this very officer: the mark of the page shows it."""
    opened = drafts.opened(request)
    if opened is None or not opened.is_fresh(now):
        return False
    return (opened.user_id, opened.number) == (doors.officer(request, now).user_id, doors.number_of(number))


def answer(request: HttpRequest, number: str, action: Action, now: datetime) -> HttpResponse:
    """Answer a deed that came too late with its words, and keep them; a second press of the own deed is no conflict."""
    officer, number = doors.officer(request, now), doors.number_of(number)
    back = walks.list_of(request, officer)
    if _is_own(request, officer, number, action):
        words = {"number": number, "deed": wording.ACTION[action]}
        messages.success(request, _("%(number)s: %(deed)s tercatat.") % words)
        return redirect(back)
    try:
        is_kept = keep(request, officer, number, action, now) is not None
    except service.TooLongError:
        is_kept = False
    page = {"number": number, "typed": _typed(request, action), "is_kept": is_kept, "back": back}
    return render(request, "workbench/moved_on.html", page, status=409)


def keep(
    request: HttpRequest,
    officer: Officer,
    number: str,
    action: Action,
    now: datetime,
    *,
    is_automatic: bool = False,
) -> Kept | None:
    """Keep what was typed for whom the page was given to; None where there are no words.

    Raises service.TooLongError, and service.ElsewhereError where a page would overwrite by itself what another wrote.
    """
    form, opened = deeds.DEEDS[action].form, drafts.opened(request)
    if not drafts.is_kept(form) or not _typed(request, action):
        return None
    return service.save(
        actor=officer,
        number=number,
        place=place_of(action),
        values=drafts.values_of(form, request.POST),
        seen=_seen(request) or 0,
        now=now,
        page=opened.at if opened else "",
        base=opened.base if opened and is_automatic else None,
        was_given=True,
    )


def saved_words(draft: Kept, officer: Officer, now: datetime) -> str:
    """Say from when a draft is, and that its report is at another desk."""
    return f"{drafts.saved_words(draft, zone_of(officer), now)} {_('Laporan ini tidak ada lagi di meja Anda.')}"


def zone_of(officer: Officer) -> str:
    """Return the zone of the officer's own agency: that of whoever has the report now would tell who it is."""
    return names.current().agency(officer.agency_id).timezone


def _is_own(request: HttpRequest, officer: Officer, number: str, action: Action) -> bool:
    """Say whether the first thing that happened since the page is this very deed: sent twice on a bad line."""
    seen = _seen(request)
    done = dossiers.own_act(viewer=officer, number=number, seen=seen) if seen is not None else None
    return done == (action, clean(request.POST.get("text", "")))


def _seen(request: HttpRequest) -> int | None:
    try:
        seen: int | None = DeedForm.base_fields["seen"].clean(request.POST.get("seen", ""))
    except forms.ValidationError:
        return None
    return seen


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in one field."""

    name: str
    label: str | Promise
    text: str


def _typed(request: HttpRequest, action: Action) -> list[Typed]:
    """Return the words that were sent, field by field; what was chosen is no loss."""
    areas = {
        name: field
        for name, field in deeds.DEEDS[action].form.base_fields.items()
        if isinstance(field.widget, forms.Textarea)
    }
    sent = (Typed(name, field.label or "", request.POST.get(name, "")) for name, field in areas.items())
    return [one for one in sent if one.text.strip()]
