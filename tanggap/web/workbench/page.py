"""The page of one report on the desk: what it shows to this officer, put together from the dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain import privacy, supervisory
from tanggap.domain.actors import AgencyAdmin
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.intake import Classification, ReportChannel, Urgency
from tanggap.domain.lifecycle import STATUSES, Action, Holder, Status
from tanggap.domain.outcomes import ArchiveReason
from tanggap.domain.policy import Allowed, choices, decide
from tanggap.domain.reasons import Reason
from tanggap.selectors import areas
from tanggap.selectors.dossiers import Dossier
from tanggap.services import deadlines
from tanggap.templatetags.tanggap import named, tanggal, waktu
from tanggap.web import due, explanations, wording
from tanggap.web.workbench import (
    attempts,
    deeds,
    handing_on,
    history,
    memo_state,
    proposing,
    second_look,
    standing_in,
    suggesting,
    together,
    walks,
)
from tanggap.web.workbench.attempts import Attempt
from tanggap.web.workbench.checks import Checked, Piece
from tanggap.web.workbench.forms import Desk, ReasonForm, VerifyForm
from tanggap.web.workbench.forms_proposal import ProposeForm
from tanggap.web.workbench.walks import Walk
from tanggap.web.workbench.writing import beside

_TEXTS: Final = (
    ("body", lazy("Isi laporan")),
    ("location", lazy("Patokan")),
    ("solution", lazy("Penyelesaian yang diharapkan")),
    ("loss", lazy("Uraian kerugian")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One text of the reporter, in pieces where findings are asked about."""

    code: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock beside the report: its explanation, and how far it is."""

    clock: explanations.ExplainedClock
    left: due.Left | None


def answer(
    request: HttpRequest,
    desk: Desk,
    attempt: Attempt | None,
    *,
    now: datetime,
    status: int = 200,
    moved_since: int | None = None,
    typed: Attempt | None = None,
    reason_form: tuple[str, ReasonForm] | None = None,
    beside_form: tuple[str, Any] | None = None,
) -> HttpResponse:
    """Render the page of a report.

    `moved_since`: the count of events that the officer saw, when the report has moved on; `typed`: what was sent.
    `reason_form`: which hidden thing was to be opened, and the form that has to be mended; `beside_form`: the same of a
    note or a tag, by its name in the page.
    """
    return render(
        request,
        "workbench/report.html",
        {
            **context(desk, attempt, walks.of(request, desk), now=now, reason_form=reason_form),
            **_moved(desk, attempt, moved_since, typed),
            **({beside_form[0]: beside_form[1], "refused": beside_form[1]} if beside_form else {}),
        },
        status=status,
    )


def context(
    desk: Desk,
    attempt: Attempt | None,
    walk: Walk,
    *,
    now: datetime,
    reason_form: tuple[str, ReasonForm] | None = None,
) -> dict[str, Any]:
    """Return everything that the page shows."""
    dossier = desk.dossier
    report = dossier.report
    reads = privacy.reads_original(desk.viewer, dossier.case)
    runs = deadlines.compute(dossier.events)
    return {
        "report": report,
        "title": shown_title(desk),
        "status": wording.STATUS[Status(report.status)],
        "urgency": wording.URGENCY[Urgency(report.urgency)] if report.urgency else "",
        **_due(desk, runs, now),
        "told": told(desk, attempt, reads=reads),
        "original_title": dossier.texts.get((1, "title")) if reads else "",  # it holds what the given one may not
        "versions": dossier.versions if reads else [],
        "facts": _facts(dossier),
        "files": history.readable_files(desk, 1, reads=reads),
        "reads": reads,
        "is_hidden": privacy.is_hidden(dossier.case),
        "asks_to_look": proposing.asks_to_look(desk),
        "look_until": (proposing.agreed(desk) or (None,))[0],
        "openers": _openers(desk, reads=reads, reason_form=reason_form),
        "refused": reason_form[1] if reason_form else None,
        "clocks": [_clock(run, now) for run in runs if not _is_past_window(run, report.status)],
        "history": history.entries(desk),
        "handing_on": handing_on.words(desk, runs),
        "supporters": handing_on.supporters(desk),
        "proposed": proposing.waiting(desk),
        "return_proposal": handing_on.proposed_return(desk),
        "relatives": handing_on.relatives(desk),
        "second_look": second_look.words(desk),
        "memo": memo_state.words(desk),
        "objection": _objection(desk),
        "together": {} if dossier.is_in_place else together.part(desk),
        "in_place": standing_in.notice(desk),
        "held": dossier.held(),
        "named": [dossier.units.get(pk, "") for pk in sorted(dossier.facts.named_unit_ids)]
        + [dossier.people.get(pk, "") for pk in sorted(dossier.facts.named_user_ids)],
        "walk": walk,
        "neighbours": walk.neighbours(),
        **_work(desk),
        **_form_part(desk, attempt),
        **beside(desk, attempt, now),
    }


def _form_part(desk: Desk, attempt: Attempt | None) -> dict[str, Any]:
    """Return the right side: what can be done, the open form, proposals that wait."""
    current = attempt.action if attempt else None
    made: dict[str, Any] = {
        "offers": deeds.offers(desk, current),
        "quick": deeds.quick(desk, current),
        "attempt": attempt,
        "form": attempt.form if attempt else None,
        "proposals": _proposals(desk),
        "waits_for": _waits_for(desk),
        "appealed": _appealed(desk),
    }
    if attempt is None:
        return made
    if isinstance(attempt.form, ProposeForm):
        made["kinds"] = [(one.value, proposing.TITLES[one], one == attempt.form.kind) for one in attempt.form.kinds]
    made["preview"] = attempt.preview
    made["buttons"] = deeds.buttons(desk, attempt.action)
    made["kept"] = attempt.basket.signed(attempts.binding(desk))
    made["is_verifying"] = isinstance(attempt.form, VerifyForm)
    made["checked_text"] = attempt.checked.get("text") if attempt.action != Action.CONFIRM_TEXT else None
    made["checked_title"] = attempt.checked.get("title")
    if attempt.action == Action.CONFIRM_TEXT:
        made["checked_held"] = attempt.checked["text"]
        made["masks_all"] = not attempts.may_read_held(desk)
        made["held_pieces"] = _held_pieces(attempt.checked["text"], masks_all=made["masks_all"])
    if isinstance(attempt.form, VerifyForm):
        texts = [desk.dossier.texts.get((1, name)) or "" for name in ("title", "body")]
        made["hints"] = supervisory.hints(*texts)
        made["suggests_secret"] = _suggests_secret(desk, bool(made["hints"]))
        made["own_agency"] = desk.dossier.report.owner_agency if isinstance(desk.viewer, AgencyAdmin) else None
        made["suggestions"], made["often_chosen"] = suggesting.offers(desk)
    if attempt.form.errors and attempt.has_open_findings:
        made["open_findings"] = [asked for one in attempt.checked.values() for asked in one.open]
    return made


def _held_pieces(checked: Checked, *, masks_all: bool) -> tuple[Piece, ...]:
    """Return the text to be confirmed; without its findings for a unit from which the reporter is hidden."""
    if not masks_all:
        return checked.pieces
    return (Piece(privacy.without_person("".join(piece.text for piece in checked.pieces))),)


def _suggests_secret(desk: Desk, has_hints: bool) -> bool:
    category = desk.dossier.report.category
    hinted = has_hints or (category is not None and category.suggest_confidential)
    return hinted and not desk.dossier.report.is_confidential


def _moved(desk: Desk, attempt: Attempt | None, moved_since: int | None, typed: Attempt | None) -> dict[str, Any]:
    """Return what changed since the officer looked, and the words that were typed where no form holds them any more."""
    if moved_since is None:
        return {}
    words = "" if attempt or typed is None else str(typed.form.data.get("text", ""))
    return {"moved": True, "changes": history.entries(desk, after=moved_since), "typed": words}


def told(desk: Desk, attempt: Attempt | None, *, reads: bool) -> list[Told]:
    """Return the reporter's texts; those that are being checked in pieces with their findings."""
    made = []
    for name, label in _TEXTS:
        checked = attempt.checked.get(name) if attempt and reads else None
        text = _shown(desk, 1, name, reads=reads)
        if text:
            made.append(Told(name, str(label), _asked_pieces(checked) or (Piece(text),)))
    return made


def _asked_pieces(checked: Checked | None) -> tuple[Piece, ...]:
    return checked.pieces if checked and checked.asked else ()


def _shown(desk: Desk, seq: int, name: str, *, reads: bool) -> str:
    text = desk.dossier.texts.get((seq, name)) or ""
    if reads or not text:
        return text
    return privacy.without_person(text, privacy.confirmed_spans(desk.dossier.events).get((seq, name)))


def shown_title(desk: Desk) -> str:
    """Return the title as this officer may read it."""
    return listed_title(desk.dossier.report, reads=privacy.reads_original(desk.viewer, desk.dossier.case))


def listed_title(report: Any, *, reads: bool) -> str:
    """Return the title of a row: without personal data where the reporter is hidden from this officer."""
    title: str = report.title
    return title if reads else privacy.title_without_person(title, report.desk_title)


def _facts(dossier: Dossier) -> list[dict[str, Any]]:
    report = dossier.report
    received, registered = (
        waktu(at, report.owner_agency.timezone) for at in (report.received_at, report.registered_at)
    )
    place = " › ".join(area.name for area in areas.path(report.area_id)) if report.area_id else ""
    rows = [
        (_("Diterima"), received),
        (_("Dicatat"), registered if registered != received else ""),  # what was typed in later than it came (D5.4)
        (_("Melalui"), wording.CHANNEL[ReportChannel(report.channel)]),
        (_("Klasifikasi"), wording.CLASSIFICATION[Classification(report.classification)]),
        (_("Kategori"), named(report.category)),
        (_("Tanggal kejadian"), tanggal(report.event_date)),
        (_("Lokasi kejadian"), place),
        (_("Instansi pilihan pelapor"), report.destination.name if report.destination else ""),
        (
            _("Bahasa pelapor"),
            "" if report.language == "id" else dict(settings.LANGUAGES).get(report.language, report.language),
        ),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def _due(desk: Desk, runs: Sequence[ClockRun], now: datetime) -> dict[str, Any]:
    """Return what is due next: the report itself, or the answer of this officer to whom it is offered."""
    report = desk.dossier.report
    offer = next((run for run in runs if run.is_running and run.clock == Clock.HOP), None)
    if offer is not None and handing_on.is_asked(desk):
        left = due.of_run(offer, calendar=due.current_calendar(offer.agency_id), now=now)
        return {"left": left, "due_on": offer.due_on, "due_clock": wording.CLOCK[Clock.HOP]}
    return {
        "left": due.of_report(report, runs, now=now),
        "due_on": due.day_of(report.due_at, report.owner_agency.timezone) if report.due_at else None,
        "due_clock": wording.CLOCK[Clock(report.due_clock)] if report.due_clock else "",
    }


def _openers(desk: Desk, *, reads: bool, reason_form: tuple[str, ReasonForm] | None) -> list[dict[str, Any]]:
    """Return the hidden things that this officer may open for a reason."""
    wanted = [("identitas", Action.OPEN_IDENTITY)]
    agreed = proposing.agreed(desk)
    if not reads:
        wanted.append(("asli", Action.OPEN_ORIGINAL))
    made = []
    for code, action in wanted:
        if isinstance(decide(action, actor=desk.viewer, case=desk.dossier.case), Allowed):
            failed = reason_form is not None and reason_form[0] == code
            form = (
                reason_form[1]
                if reason_form and failed
                else ReasonForm(desk=desk, prefix=code, initial={"text": agreed[1]} if agreed else {})
            )
            made.append({"code": code, "label": wording.ACTION[action], "form": form, "open": failed})
    return made


def _clock(run: ClockRun, now: datetime) -> ClockLine:
    clock = explanations.explain_runs([run], get_language() or "id", now=now)[0]
    calendar = deadlines.calendar_of(run.calendar, run.agency_id)
    return ClockLine(clock, due.of_run(run, calendar=calendar, now=now) if run.is_running else None)


def _is_past_window(run: ClockRun, status: str) -> bool:
    """A window of the reporter that nobody waits for any more is history."""
    return run.is_stopped and CLOCKS[run.clock].is_reporters and STATUSES[Status(status)].is_open


def _proposals(desk: Desk) -> list[dict[str, Any]]:
    """Return the archive proposals that wait for a second officer."""
    dossier = desk.dossier
    if not {Action.ARCHIVE, Action.PROPOSE_ARCHIVE} & set(choices(actor=desk.viewer, case=dossier.case)):
        return []
    made = []
    for code, user_id in dossier.facts.proposals.items():
        event = next(e for e in reversed(dossier.events) if e.data.get("archive_reason") == code)
        made.append(
            {
                "code": code,
                "reason": wording.ARCHIVE_REASON[ArchiveReason(code)],
                "by": dossier.people.get(user_id, ""),
                "moment": event.acted_at,
                "text": dossier.texts.get((event.seq, "text")) or "",
                "seq": event.seq,
                "may_refuse": proposing.may_refuse(desk, event.seq),
                "may_confirm": user_id != desk.viewer.user_id and Action.ARCHIVE in deeds.possible(desk),
            }
        )
    return made


def _objection(desk: Desk) -> dict[str, Any] | None:
    """Return the words by which the reporter said that it is not solved, until it is answered; None for none."""
    seq = desk.dossier.facts.objection
    if seq is None:
        return None
    reads = privacy.reads_original(desk.viewer, desk.dossier.case)
    event = next(event for event in desk.dossier.events if event.seq == seq)
    return {"text": _shown(desk, seq, "text", reads=reads), "moment": event.acted_at}


def _appealed(desk: Desk) -> str:
    """Say who decides an appeal that waits: never the admin against whose archive it was made."""
    decision = decide(Action.VERIFY_AND_ASSIGN, actor=desk.viewer, case=desk.dossier.case)
    if not desk.dossier.facts.is_appealed:
        return ""
    if isinstance(decision, Allowed):
        return _("Putuskan: verifikasi bila keberatan diterima, arsipkan lagi bila ditolak.")
    if decision.reason != Reason.SAME_OFFICER:
        return ""
    return _(
        "Anda yang mengarsipkan laporan ini, jadi bukan Anda yang memutuskan keberatannya, "
        "melainkan admin lain di %(agency)s atau admin nasional."
    ) % {"agency": desk.dossier.report.owner_agency.name}


def _work(desk: Desk) -> dict[str, Any]:
    """Return who works on the report, and whether that is this officer."""
    dossier = desk.dossier
    assignee = dossier.facts.assignee_id
    return {
        "assignee": "" if assignee is None else dossier.people.get(assignee, ""),
        "is_mine": assignee is not None and assignee == desk.viewer.user_id,
    }


def _waits_for(desk: Desk) -> str:
    """Say for whom the report waits, where that is not this officer."""
    report = desk.dossier.report
    match STATUSES[Status(report.status)].holder:
        case Holder.REPORTER:
            return _("Menunggu pelapor.")
        case Holder.PARTS:
            return _("Menunggu semua bagiannya selesai.")
        case Holder.NOBODY:
            return _("Laporan ini sudah berakhir.")
        case _:
            return ""
