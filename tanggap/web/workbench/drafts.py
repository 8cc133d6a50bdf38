"""The draft of a form: what of a sent form is kept, how a form begins with it again, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tanggap.domain.drafts import PAGE_LASTS, Kept, Values, parts_of, place_of
from tanggap.domain.lifecycle import Action
from tanggap.selectors import drafts, opaque
from tanggap.services import drafts as service
from tanggap.services.memo_events import WRITES
from tanggap.templatetags.tanggap import jam, tanggal_pendek
from tanggap.web import wording
from tanggap.web.workbench import history
from tanggap.web.workbench.fields import IdsField
from tanggap.web.workbench.forms import DeedForm, Desk

PAGE: Final = "draf_halaman"
ANSWERS: Final = "temuan-"  # the answers to the findings in a text
_NOT_KEPT: Final = frozenset({"seen", "files"})
_OF_A_MEMO: Final = frozenset({Action.SUBMIT_MEMO.value, Action.SIGN_MEMO.value})
_PURPOSE: Final = "page that saves drafts"


def place(desk: Desk, action: Action) -> str:
    """Return the place of the draft of a form, as the report stands.

    The memo that is to be signed is what its form shows; an older draft is read beside it (`left`).
    """
    memo = desk.dossier.facts.memo
    return place_of(action, memo=memo.seq if memo else None)


def _typed_at(desk: Desk, action: Action, seen: int) -> str:
    """Return the place of what was typed before `seen` events: a memo that came meanwhile does not begin with it."""
    memo = desk.dossier.facts.memo
    if memo is None or memo.seq <= seen:
        return place(desk, action)
    earlier = [event.seq for event in desk.dossier.events if event.kind in WRITES and event.seq <= seen]
    return place_of(action, memo=max(earlier, default=None))


def is_kept(form: type[DeedForm] | DeedForm) -> bool:
    """Say whether a form has words to keep: one of boxes alone has none."""
    return "text" in form.base_fields


def values_of(form: type[DeedForm] | DeedForm, data: QueryDict) -> dict[str, list[str]]:
    """Return what was sent for the fields of a form, and the answers to findings."""
    names = set(form.fields if isinstance(form, DeedForm) else form.base_fields) - _NOT_KEPT
    return {name: data.getlist(name) for name in data if name in names or name.startswith(ANSWERS)}


def is_empty(form: DeedForm) -> bool:
    """Say whether a sent form is as it was first shown."""
    return not set(form.changed_data) - _NOT_KEPT


def initial(form: type[DeedForm], values: Values) -> dict[str, Any]:
    """Return what a form begins with, out of a draft: a box that is not in it was not ticked."""
    made: dict[str, Any] = {}
    for name, field in form.base_fields.items():
        if name in _NOT_KEPT:
            continue
        texts = list(values.get(name, ()))
        if isinstance(field, forms.BooleanField):
            made[name] = bool(texts)
        elif isinstance(field, IdsField | forms.MultipleChoiceField):
            made[name] = texts
        elif texts:
            made[name] = texts[0]
    return made


def answers(values: Values) -> Mapping[str, str]:
    """Return the answers to findings that a draft holds."""
    return {name: texts[0] for name, texts in values.items() if name.startswith(ANSWERS) and texts}


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """One page with a form, as it was given out: to whom, when, and with which draft in it."""

    user_id: int
    number: str
    at: str
    base: str

    def is_fresh(self, now: datetime) -> bool:
        """Say whether the page may still save what is typed in it."""
        return now - datetime.fromisoformat(self.at) <= PAGE_LASTS


def seal(desk: Desk, draft: Kept | None, now: datetime) -> str:
    """Return the mark of a page: a session may end while somebody types, and the words must not end with it."""
    base = draft.saved_at.isoformat() if draft else ""
    return opaque.seal(_PURPOSE, [desk.viewer.user_id, desk.dossier.report.number, now.isoformat(), base])


def opened(request: HttpRequest) -> OpenedPage | None:
    """Return the page that a form was sent from, or None when it bears no mark of ours."""
    parts = opaque.open_(_PURPOSE, request.POST.get(PAGE, ""))
    return OpenedPage(*parts) if parts else None


def keep(desk: Desk, action: Action, form: DeedForm, data: QueryDict, now: datetime) -> Kept | None:
    """Keep what was sent and could not be done; None where there is nothing to keep."""
    if not is_kept(form) or is_empty(form):
        return None
    seen = form.cleaned_data.get("seen") or 0
    try:
        return service.save(
            actor=desk.viewer,
            number=desk.dossier.report.number,
            place=_typed_at(desk, action, seen),
            values=values_of(form, data),
            seen=seen,
            now=now,
        )
    except service.TooLongError:
        return None  # the form itself says that it is too long, and shows it


def saved_words(draft: Kept, zone: str, now: datetime) -> str:
    """Say from when a draft is."""
    return _("Draf dari %(moment)s.") % {"moment": _moment(draft.saved_at, zone, now)}


def elsewhere_words(error: service.ElsewhereError, zone: str, now: datetime) -> str:
    """Say that the draft was changed on another page."""
    return _(
        "Draf ini diubah di halaman lain: %(moment)s. Muat ulang untuk melihatnya, atau tekan “Simpan draf” "
        "untuk menggantinya."
    ) % {"moment": _moment(error.saved_at, zone, now)}


def _moment(at: datetime, zone: str, now: datetime) -> str:
    is_today = tanggal_pendek(at, zone) == tanggal_pendek(now, zone)
    return jam(at, zone) if is_today else f"{tanggal_pendek(at, zone)} {jam(at, zone)}"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What a form shows of its draft."""

    place: str
    page: str
    words: str
    changes: list[history.Entry]  # what happened to the report since it was typed


def line(desk: Desk, action: Action, draft: Kept | None, now: datetime) -> DraftLine:
    """Return what the form of an action shows of its draft, or of having none yet."""
    zone = desk.dossier.report.owner_agency.timezone
    changes = history.entries(desk, after=draft.seen) if draft else []
    return DraftLine(
        place=place(desk, action),
        page=seal(desk, draft, now),
        words=saved_words(draft, zone, now) if draft else "",
        changes=changes,
    )


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """A draft that no form begins with any more: to be read, and taken along."""

    place: str
    label: str
    words: str
    text: str


def left(desk: Desk, possible: tuple[Action, ...], now: datetime) -> list[LeftDraft]:
    """Return the viewer's drafts of this report for which there is no form now, or whose form shows a newer memo."""
    zone = desk.dossier.report.owner_agency.timezone
    found = drafts.of_report(viewer=desk.viewer, report=desk.dossier.report)
    here = {place(desk, action) for action in possible}
    return [
        LeftDraft(code, label_of(code), saved_words(draft, zone, now), text_of(draft))
        for code, draft in sorted(found.items())
        if code not in here and text_of(draft)
    ]


def label_of(place: str) -> str:
    """Name the deed of a draft."""
    # Who writes a memo does not always sign it.
    code, _memo = parts_of(place)
    return _("Nota dinas") if code in _OF_A_MEMO else str(wording.ACTION[Action(code)])


def text_of(draft: Kept) -> str:
    """Return the words of a draft."""
    return "".join(draft.values.get("text", ()))
