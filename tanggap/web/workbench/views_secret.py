"""Open what is hidden, for a reason: shown once, in the answer to that one request, and written into the chain."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tanggap.domain.intake import Identity
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.reasons import NEED_OF_REASON
from tanggap.selectors import reports as report_selectors
from tanggap.services import reports, vault
from tanggap.services.moves import MoveError
from tanggap.web import wording, wording_events, wording_refusals
from tanggap.web.actors import officer_required
from tanggap.web.workbench import attempts, doors, history, page, walks
from tanggap.web.workbench.forms import Desk, ReasonForm

_OPENED: Final = "opened_originals"
_OPEN_FOR: Final = timedelta(minutes=10)


@officer_required
@require_POST
@never_cache
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Show who the reporter is; who looked and why is on record before the page is made."""

    def open_it(desk: Desk, reason: str, now: datetime) -> dict[str, Any]:
        try:
            person: Identity | None = reports.open_identity(
                actor=desk.viewer, number=desk.dossier.report.number, reason=reason, now=now
            )
        except vault.NothingSealedError:
            person = None
        return {"person": person}

    return _open(request, number, "identitas", open_it, "workbench/identity.html")


@officer_required
@require_POST
@never_cache
def original(request: HttpRequest, number: str) -> HttpResponse:
    """Show the words as they came, and let the files be opened for ten minutes."""

    def open_it(desk: Desk, reason: str, now: datetime) -> dict[str, Any]:
        report = desk.dossier.report
        move = Move(text=reason)
        reports.act(actor=desk.viewer, number=report.number, action=Action.OPEN_ORIGINAL, move=move, now=now)
        request.session[_OPENED] = {report.number: now.timestamp()}
        return {
            "original_title": desk.dossier.texts.get((1, "title")) or "",
            "told": page.told(desk, None, reads=True),
            "versions": desk.dossier.versions,
            "later": _later(desk),
            "files": history.readable_files(desk, 1, reads=True),
        }

    return _open(request, number, "asli", open_it, "workbench/original.html")


def _later(desk: Desk) -> list[dict[str, Any]]:
    """Return what the reporter wrote afterwards, whole."""
    return [
        {"what": wording_events.EVENT[Action(event.kind)], "moment": event.acted_at, "text": text}
        for event in desk.dossier.events
        if event.is_reporters and (text := desk.dossier.texts.get((event.seq, "text")))
    ]


def _open(
    request: HttpRequest,
    number: str,
    code: str,
    open_it: Callable[[Desk, str, datetime], dict[str, Any]],
    template: str,
) -> HttpResponse:
    now = timezone.now()  # noqa: TID251 - a door
    desk = doors.desk(request, number, now)
    form = ReasonForm(request.POST, desk=desk, prefix=code)
    form.is_valid()
    reason = form.cleaned_data.get("text", "")
    try:
        found = open_it(desk, reason, now)
    except report_selectors.NotFoundError as error:
        raise Http404 from error
    except MoveError as error:
        form.add_error("text", str(wording.FAULT[error.fault]))
    except reports.NotAllowedError as error:
        form.add_error("text" if error.reason in NEED_OF_REASON else None, str(wording_refusals.REFUSAL[error.reason]))
    else:
        response = render(
            request,
            template,
            {
                "report": desk.dossier.report,
                "title": page.shown_title(desk),
                "reason": reason,
                "walk": walks.of(request, desk),
                **found,
            },
        )
        response["Cache-Control"] = "no-store, private"
        return response
    attempt = attempts.first(desk, request.GET)
    return page.answer(request, desk, attempt, now=now, status=422, reason_form=(code, form))


def has_opened(request: HttpRequest, desk: Desk, now: datetime) -> bool:
    """Say whether this officer gave a reason for this report's originals within the last ten minutes."""
    opened = request.session.get(_OPENED)
    at = opened.get(desk.dossier.report.number) if isinstance(opened, dict) else None
    return at is not None and 0 <= now.timestamp() - at <= _OPEN_FOR.total_seconds()
