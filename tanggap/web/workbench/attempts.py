"""An officer's attempt at a deed: the form, the check of its texts, the files; tried as often as it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tanggap.adapters.scanning import staging
from tanggap.domain import privacy, supervisory
from tanggap.domain.actors import OFFICERS, user_of
from tanggap.domain.drafts import Kept
from tanggap.domain.field_claims import field_work
from tanggap.domain.lifecycle import PUBLIC_TEXTS, Action, Need
from tanggap.domain.moves import Move, supplied
from tanggap.domain.outcomes import ARCHIVE_RULES, ArchiveReason
from tanggap.domain.policy import Allowed, Denied, decide
from tanggap.domain.proposals import Proposal
from tanggap.domain.reasons import NEED_OF_REASON, Reason
from tanggap.domain.redaction.wanted import find_wanted
from tanggap.selectors import drafts as draft_selectors
from tanggap.services import memos, parts, reports
from tanggap.services.moves import MoveError
from tanggap.web import uploads, wording, wording_refusals
from tanggap.web.uploads import Basket
from tanggap.web.workbench import (
    checks,
    correcting,
    deeds,
    drafts,
    forms_proposal,
    handing_on,
    memo_paper,
    proposing,
    second_look,
    suggesting,
)
from tanggap.web.workbench.checks import Checked
from tanggap.web.workbench.forms import ConfirmTextForm, DeedForm, Desk, VerifyForm

_OF_THE_REPORT = ("body", "location")
# Where a report lies changes with it: to a page that is older, what happened is the answer.
_ELSEWHERE = frozenset({Reason.OTHER_AGENCY, Reason.OTHER_UNIT})
# A memo becomes public when it is signed: whoever may do that answers the findings in it.
_MEMO = frozenset({Action.SUBMIT_MEMO, Action.SIGN_MEMO})
_NO_ANSWERS: Mapping[str, str] = {}


@dataclass(slots=True)
class Attempt:
    """One deed as it stands: begun, refused, or on its way."""

    action: Action
    form: DeedForm
    checked: dict[str, Checked] = field(default_factory=dict)
    basket: Basket = field(default_factory=Basket)
    draft: Kept | None = None
    preview: correcting.Preview | None = None  # what has to be looked at before it is done

    @property
    def deed(self) -> deeds.Deed:
        """Return how the action is put to the officer."""
        return deeds.DEEDS[self.action]

    @property
    def is_previewed(self) -> bool:
        """Say whether the deed is shown before it is done."""
        return self.action == Action.RECLASSIFY

    @property
    def has_open_findings(self) -> bool:
        """Say whether a finding waits for an answer."""
        return any(one.open for one in self.checked.values())


def first(desk: Desk, asked: QueryDict, wanted: str = "") -> Attempt | None:
    """Return the form with which a page opens: of the deed that is wanted, else of what waits for this officer."""
    proposal = proposing.asked_of(desk)
    action = deeds.chosen(desk, wanted, proposal.kind if proposal else None)
    if action is None:
        return None
    is_offered = proposal is not None and action == proposal.kind and action.value != wanted
    return begin(desk, action, asked, proposal=proposal if is_offered else None)


def begin(desk: Desk, action: Action, asked: QueryDict, *, proposal: Proposal | None = None) -> Attempt:
    """Return the form of an action as an officer first sees it; `asked` is the query of the address.

    `proposal`: what the form is opened for unasked; the officer's own draft comes before its words.
    """
    initial: dict[str, Any] = {}
    about = str(proposal.seq) if proposal else asked.get("usul", "")
    reason = _reason(str(proposal.values.get("archive_reason", "")) if proposal else asked.get("alasan", ""))
    if action == Action.CONFIRM_TEXT:
        initial["refers_to"] = _text_to_check(desk, asked.get("teks", ""))
    elif reason is not None:
        initial |= {"archive_reason": reason.value, "text": _words_of_proposal(desk, reason)}
    elif action == Action.ANSWER:
        initial |= second_look.first_words(desk)
    elif action == Action.RETURN_TO_ADMIN and (given_back := handing_on.proposed_return(desk)) is not None:
        initial["text"] = given_back.text
    initial |= forms_proposal.first_values(desk, action, about)
    draft, answers = _draft(desk, action), _NO_ANSWERS
    if draft is not None:
        initial |= drafts.initial(deeds.DEEDS[action].form, draft.values)
        answers = drafts.answers(draft.values)
        if asked.get("usul"):
            initial |= forms_proposal.first_values(desk, action, asked.get("usul", ""))
    if chosen := asked.get("usulan", ""):
        initial |= suggesting.first_values(desk, action, chosen)
    initial |= correcting.first_values(action, asked.get("kantor", ""))
    form = deeds.DEEDS[action].form(desk=desk, initial=initial)
    attempt = Attempt(action, form, draft=draft)
    texts: dict[str, Any] = {
        name: form.get_initial_for_field(form.fields[name], name)
        for name in ("title", "refers_to", "text")
        if name in form.fields
    }
    attempt.checked = _checked(desk, action, texts, answers, named=())
    _ask_for_the_checklist(desk, attempt)
    return attempt


def _draft(desk: Desk, action: Action) -> Kept | None:
    found = draft_selectors.of_report(viewer=desk.viewer, report=desk.dossier.report)
    return found.get(drafts.place(desk, action))


def read(request: HttpRequest, desk: Desk, action: Action) -> Attempt:
    """Return the form of an action as it was sent, its files staged."""
    form = deeds.DEEDS[action].form(request.POST, desk=desk)
    form.is_valid()
    attempt = Attempt(action, form)
    if "files" in form.fields:
        attempt.basket = uploads.take(request, request.POST, binding=binding(desk))
        for trouble in attempt.basket.troubles:
            form.add_error("files", trouble)
    named = form.words_to_mask() if isinstance(form, VerifyForm) else []
    attempt.checked = _checked(desk, action, form.cleaned_data, request.POST, named=named)
    if lost := [words for words in named if not any(_holds(desk, form, words))]:
        form.add_error("masked_words", _("Tidak ada dalam laporan: %(words)s") % {"words": ", ".join(lost)})
    _ask_for_the_checklist(desk, attempt)
    return attempt


def again(desk: Desk, attempt: Attempt) -> Attempt:
    """Return an attempt before the report as it is now: what was typed stays, what the officer has seen is new."""
    data = cast(QueryDict, attempt.form.data).copy()
    data["seen"] = str(desk.dossier.report.event_count)
    form = type(attempt.form)(data, desk=desk)
    form.is_valid()
    named = form.words_to_mask() if isinstance(form, VerifyForm) else []
    checked = _checked(desk, attempt.action, form.cleaned_data, data, named=named)
    made = Attempt(attempt.action, form, checked, attempt.basket)
    _ask_for_the_checklist(desk, made)
    return made


def _ask_for_the_checklist(desk: Desk, attempt: Attempt) -> None:
    """Ask line by line only where something was found; where nothing was, the officer says so with the deed itself."""
    if isinstance(attempt.form, VerifyForm):
        texts = (desk.dossier.texts.get((1, name)) or "" for name in ("title", *_OF_THE_REPORT))
        is_needed = any(one.asked or one.extra for one in attempt.checked.values()) or bool(supervisory.hints(*texts))
        if not is_needed:
            del attempt.form.fields["checklist"]


def _holds(desk: Desk, form: DeedForm, words: str) -> list[bool]:
    texts = [desk.dossier.texts.get((1, name)) or "" for name in _OF_THE_REPORT]
    # The very search that masks: what it does not find would stay in the open.
    return [any(find_wanted(text, words)) for text in (*texts, form.cleaned_data.get("title", "")) if text]


def binding(desk: Desk) -> str:
    """Return what ties staged files to one officer and one report."""
    return f"desk:{user_of(desk.viewer)}:{desk.dossier.report.number}"


def _checked(
    desk: Desk, action: Action, typed: Mapping[str, Any], answers: Mapping[str, str], *, named: Any
) -> dict[str, Checked]:
    """Return the texts that the action makes public, with what the finder finds in them now."""
    form = deeds.DEEDS[action].form
    if issubclass(form, VerifyForm):
        texts = {"title": typed.get("title") or ""}
        texts |= {name: desk.dossier.texts.get((1, name)) or "" for name in _OF_THE_REPORT}
        return {name: checks.check(name, text, answers, named=named) for name, text in texts.items()}
    if action in PUBLIC_TEXTS or (action in _MEMO and desk.viewer.role in OFFICERS):
        return {"text": checks.check("text", typed.get("text") or "", answers)}
    if issubclass(form, ConfirmTextForm):
        text = desk.dossier.texts.get((typed.get("refers_to") or 0, "text")) or ""
        # A unit from which the reporter is hidden never reads what it masks.
        answer = "" if may_read_held(desk) else checks.MASK
        return {"text": checks.check("text", text, answers, answer=answer)}
    return {}


def may_read_held(desk: Desk) -> bool:
    """Say whether an officer reads a later text of the reporter whole, to check it."""
    return not privacy.is_hidden(desk.dossier.case) or privacy.may_open(desk.viewer, desk.dossier.case)


def _text_to_check(desk: Desk, asked: str) -> int | None:
    held = [event.seq for event in desk.dossier.held()]
    return next((seq for seq in held if str(seq) == asked), held[0] if held else None)


def _reason(asked: str) -> ArchiveReason | None:
    return next((reason for reason in ArchiveReason if reason.value == asked), None)


def _words_of_proposal(desk: Desk, reason: ArchiveReason) -> str:
    for event in reversed(desk.dossier.events):
        if event.kind == Action.PROPOSE_ARCHIVE and event.data.get("archive_reason") == reason:
            return desk.dossier.texts.get((event.seq, "text")) or ""
    return ""


def carry_out(attempt: Attempt, desk: Desk, *, now: datetime) -> bool:
    """Do the deed; False when the form has to be mended, its errors say what, or when its preview was not seen yet.

    Raises reports.MovedOnError, selectors.reports.NotFoundError, and NotAllowedError where the report is
    not in a status for the deed any more.
    """
    move = _move(attempt)
    attempt.action = _archiving(attempt.action, desk, move)
    decision = decide(attempt.action, actor=desk.viewer, case=desk.dossier.case)
    seen = attempt.form.cleaned_data.get("seen")
    if isinstance(decision, Denied):
        _say_if_it_went(decision, desk, seen)
        _refuse(attempt, decision.reason)
    elif seen == desk.dossier.report.event_count:
        _say_what_is_missing(attempt, decision, move, desk)
    elif seen is not None:
        raise reports.MovedOnError(seen, desk.dossier.report.event_count)
    if attempt.form.errors:
        return False
    _try(attempt, desk, move, seen, now=now)
    return not attempt.form.errors and attempt.preview is None


def _say_if_it_went(decision: Denied, desk: Desk, seen: int | None) -> None:
    """Raise MovedOnError where the report went to another office since the page was made."""
    if decision.reason in _ELSEWHERE and seen is not None and reports.has_moved_on(desk.dossier.events, seen):
        raise reports.MovedOnError(seen, desk.dossier.report.event_count)


def _try(attempt: Attempt, desk: Desk, move: Move, seen: int | None, *, now: datetime) -> None:
    """Do the deed, or show what it would change; hang on the form what the service refuses."""
    try:
        if attempt.is_previewed:
            sent = attempt.form.data.get(correcting.CONFIRM, "")
            attempt.preview = correcting.look(desk, move, sent=sent, now=now)
        if attempt.preview is None:
            _do(attempt, desk, move, seen, now=now)
    except MoveError as error:
        _add(attempt.form, _name_of(attempt.form, error.field), wording.FAULT[error.fault])
    except reports.MovedOnError:
        raise
    except reports.NotAllowedError as error:
        _refuse(attempt, error.reason)


def _do(attempt: Attempt, desk: Desk, move: Move, seen: int | None, *, now: datetime) -> None:
    number = desk.dossier.report.number
    link = partial(staging.link, root=settings.ATTACHMENTS_DIR)
    if attempt.action == Action.SPLIT:
        parts.split(actor=desk.viewer, number=number, move=move, link=link, seen=seen, now=now)
    elif attempt.action == Action.SIGN_MEMO:
        typed = str(attempt.form.cleaned_data.get("memo_number", ""))
        press = partial(memo_paper.press, desk, now=now)
        tools: dict[str, Any] = {"press": press, "link": link}
        try:
            memos.sign(actor=desk.viewer, number=number, move=move, typed=typed, seen=seen, now=now, **tools)
        except memo_paper.NotSignedError:
            _add(attempt.form, "", memo_paper.not_signed())
    else:
        reports.act(actor=desk.viewer, number=number, action=attempt.action, move=move, seen=seen, now=now)


def _move(attempt: Attempt) -> Move:
    form = attempt.form
    is_answered = not attempt.has_open_findings and (not isinstance(form, VerifyForm) or form.is_checked())
    is_public = bool(form.cleaned_data.get("publish_files"))
    return replace(
        form.move(),
        files=attempt.basket.published(is_public=is_public),
        masked={name: one.spans() for name, one in attempt.checked.items()},
        kept={name: kept for name, one in attempt.checked.items() if (kept := one.kept())},
        checks_answered=is_answered,
    )


def _archiving(action: Action, desk: Desk, move: Move) -> Action:
    """Return whether archiving is done at once or proposed: some reasons need a second officer."""
    if action not in {Action.ARCHIVE, Action.PROPOSE_ARCHIVE}:
        return action
    if Action.ARCHIVE not in deeds.possible(desk):
        return Action.PROPOSE_ARCHIVE
    reason = move.archive_reason
    if reason is None or not ARCHIVE_RULES[reason].needs_second_officer:
        return Action.ARCHIVE
    return Action.ARCHIVE if reason in desk.dossier.facts.proposals else Action.PROPOSE_ARCHIVE


def _say_what_is_missing(attempt: Attempt, decision: Allowed, move: Move, desk: Desk) -> None:
    """Hang every thing that is missing on its field at once, not one after the other."""
    missing = decision.transition.needs - supplied(move, classification=desk.dossier.facts.classification)
    for need in sorted(missing - {Need.MEMO}):  # number and paper are the service's
        words = wording_refusals.REFUSAL[Reason(f"missing_{need}")]
        if need == Need.CHECKS:
            _say_what_is_unchecked(attempt)
        else:
            _add(attempt.form, _name_of(attempt.form, deeds.FIELD_OF_NEED.get(need, "")), words)


def _say_what_is_unchecked(attempt: Attempt) -> None:
    if attempt.has_open_findings:
        _add(attempt.form, "", wording_refusals.REFUSAL[Reason.MISSING_CHECKS])
    form = attempt.form
    if isinstance(form, VerifyForm) and not form.is_checked():
        _add(form, "checklist", _("Periksa dan centang setiap baris sebelum laporan terbit."))


def _refuse(attempt: Attempt, reason: Reason) -> None:
    """Turn a reason into words on the field that can be mended; a report that moved on is another matter."""
    if reason == Reason.WRONG_STATUS:
        raise reports.NotAllowedError(reason)
    if reason == Reason.CLAIMS_FIELD_WORK:
        claim = field_work(str(attempt.form.cleaned_data.get("text", "")))
        words = _("Jawaban ini menyebut pekerjaan di lapangan (“%(claim)s”). Lampirkan bukti, atau ubah kalimatnya.")
        _add(attempt.form, _name_of(attempt.form, "files"), words % {"claim": claim})
        return
    need = NEED_OF_REASON.get(reason)
    name = deeds.FIELD_OF_NEED.get(need, "") if need else ""
    if reason in {Reason.DESTINATION_IS_NAMED, Reason.DESTINATION_ELSEWHERE}:
        name = "unit"
    elif reason in {Reason.NEEDS_DATA_REQUEST, Reason.NEEDS_SECOND_OFFICER}:
        name = "archive_reason"
    elif reason in {Reason.STAYS_SUPERVISORY, Reason.OWN_VERDICT, Reason.NAMES_UNSUPERVISED}:
        name = "supervisory"
    elif reason == Reason.PROPOSES_ONESELF:
        name = "suggested_agency"
    _add(attempt.form, _name_of(attempt.form, name), wording_refusals.REFUSAL[reason])


def _name_of(form: DeedForm, name: str) -> str:
    """Return the field of the form that stands for a thing: where there is no unit, it is the agency."""
    if name in form.fields:
        return name
    return "agency" if name == "unit" and "agency" in form.fields else ""


def _add(form: DeedForm, name: str, words: object) -> None:
    if not name or name not in form.errors:
        form.add_error(name or None, str(words))
