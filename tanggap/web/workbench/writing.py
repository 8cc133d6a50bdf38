"""What stands beside a form on the page of a report: its draft, templates, and the notes of colleagues."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from tanggap.domain.lifecycle import Action
from tanggap.domain.notes import Audience
from tanggap.selectors import notes, presence, tags
from tanggap.services import closing_guard
from tanggap.web.workbench import deeds, drafts, templates
from tanggap.web.workbench.attempts import Attempt
from tanggap.web.workbench.forms import Desk
from tanggap.web.workbench.forms_note import AUDIENCE, NoteForm
from tanggap.web.workbench.forms_tag import TagForm


def beside(desk: Desk, attempt: Attempt | None, now: datetime) -> dict[str, Any]:
    """Return what the page of a report shows of the officer's own writing."""
    report = desk.dossier.report
    made: dict[str, Any] = {
        "others": presence.others(viewer=desk.viewer, report=report, now=now),
        "zone": report.owner_agency.timezone,
        "left_drafts": drafts.left(desk, deeds.possible(desk), now),
        **({} if desk.dossier.is_in_place else _among_colleagues(desk)),
    }
    if attempt is not None and drafts.is_kept(attempt.form):
        made["draft"] = drafts.line(desk, attempt.action, attempt.draft, now)
        made["templates"] = templates.offered(desk, attempt.action)
        made["same_words"] = same_words(desk, attempt.action, str(attempt.form["text"].value() or ""), now)
    return made


def _among_colleagues(desk: Desk) -> dict[str, Any]:
    """Return notes and tags: talk of the office that has the report, in which who verifies in its place has no part."""
    report = desk.dossier.report
    return {
        "notes": [_note(note) for note in notes.of_report(viewer=desk.viewer, report=report)],
        "tags": tags.on_report(viewer=desk.viewer, report=report),
        "tag_form": TagForm(prefix="tanda", auto_id="%s"),
        "note_form": NoteForm(prefix="catatan", auto_id="%s"),
        "mentionable": notes.suggested(viewer=desk.viewer, report=report, on=desk.today),
    }


def _note(note: Any) -> dict[str, Any]:
    return {
        "by": note.user,
        "office": note.unit or note.agency,
        "moment": note.created_at,
        "audience": AUDIENCE[Audience(note.audience)],
        "text": note.text,
    }


def same_words(desk: Desk, action: Action, text: str, now: datetime) -> str:
    """Say how often this very answer was sent in the last days; '' for the first time, and for what is no answer."""
    if action not in {Action.ANSWER, Action.SUBMIT_MEMO, Action.SIGN_MEMO}:
        return ""
    times = closing_guard.count_same(desk.dossier.report, text, now=now)
    if not times:
        return ""
    return ngettext(
        "Jawaban yang sama sudah dikirim %(n)d kali dalam 30 hari terakhir.",
        "Jawaban yang sama sudah dikirim %(n)d kali dalam 30 hari terakhir.",
        times,
    ) % {"n": times}
