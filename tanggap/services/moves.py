"""Turn what a person handed in with an action into the data and the texts of its event, checked against the rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tanggap.domain import behalf, edits, promises
from tanggap.domain.actors import Actor, AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, System, agency_of
from tanggap.domain.case import Projection
from tanggap.domain.intake import EXTRA_MOST, TEXT_LENGTH, TITLE_LENGTH, Fault, clean
from tanggap.domain.lifecycle import HELD_TEXTS, PUBLIC_TEXTS, STATUSES, Action, Holder, Status
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import Outcome
from tanggap.models import Agency, Appointment, Category, Event, Report, Unit, User
from tanggap.selectors import accounts, organisation, recipients
from tanggap.services import extensions, hiding, memo_events, proposals

_VERIFYING = frozenset({Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})
_ASSIGNING = frozenset({Action.VERIFY_AND_ASSIGN, Action.ASSIGN_TO_UNIT})
# Words that people outside read must say something; a note may be short.
_SPOKEN = (
    PUBLIC_TEXTS
    | HELD_TEXTS
    | {Action.HAND_TO_PPID, Action.EXTEND_FORMAL, Action.OBJECT_FORMAL}
    | {Action.ARCHIVE, Action.APPEAL, Action.HOLD_ANSWER}
    | memo_events.WRITES
)


class MoveError(Exception):
    """A value handed in with an action cannot be; `field` names it and `fault` says what is wrong."""

    def __init__(self, field: str, fault: Fault) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault


def event_texts(action: Action, move: Move) -> dict[str, str]:
    """Return the free texts of an act; each becomes a commitment in the event. Raises MoveError for a bad length."""
    texts = {}
    if text := clean(move.text):
        least, most = TEXT_LENGTH if action in _SPOKEN else (1, EXTRA_MOST)
        if len(text) < least:
            raise MoveError("text", Fault.TOO_SHORT)
        if len(text) > most:
            raise MoveError("text", Fault.TOO_LONG)
        texts["text"] = text
    if action in memo_events.WRITES:
        texts |= _checked(lambda: memo_events.heads(move))
    texts |= _besides(action, move)
    if action in _VERIFYING:
        title = clean(move.title)
        if len(title) > TITLE_LENGTH[1]:
            raise MoveError("title", Fault.TOO_LONG)
        texts["title"] = title
    return texts


def _besides(action: Action, move: Move) -> dict[str, str]:
    if action == Action.EDIT and move.edit is not None:
        return dict(move.edit.words)
    return {"plan": clean(move.plan)[:EXTRA_MOST]} if action == Action.REQUEST_EXTENSION else {}


def _checked[Made](make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (memo_events.MemoError, proposals.ProposalError) as error:
        raise MoveError(error.field, error.fault) from error


def _consented(action: Action, facts: Projection, move: Move) -> dict[str, list[str]]:
    """Return what is handed over to the Ombudsman, or what of it was taken."""
    match action:
        case Action.ESCALATE_OMBUDSMAN:
            return {"consent": sorted(part.value for part in move.consent)}
        case Action.OPEN_HANDOVER:
            return {"consent": sorted(facts.handed_over)}
        case _:
            return {}


def event_data(
    action: Action, *, actor: Actor, report_id: int, facts: Projection, move: Move, to: str, on: date
) -> dict[str, Any]:
    """Return codes, ids, dates and flags of an act on a day. Raises MoveError for an unknown or impossible one."""
    data: dict[str, Any] = {}
    if owner := _merged(action, actor, facts, move) or _owner(action, actor=actor, facts=facts, move=move, to=to):
        data["owner"] = owner
    if action in _VERIFYING | {Action.RECLASSIFY}:
        data |= _named(move, actor) | _verified(move, facts)
    if action in _VERIFYING | {Action.SET_VISIBILITY}:
        data |= _flags(action, move)
    _check_promise(action, move, facts, on)
    data |= _ending(action, move) | _consented(action, facts, move)
    data |= _elsewhere(action, move) | _to_colleague(action, move, facts, on)
    data |= _divided(action, move) | edits.data(action, move)
    data |= _support(action, facts, move, actor)
    data |= _more_time(action, report_id, facts, move) | _upwards(action, move)
    data |= _together(move) | _brought(action, actor, facts, move, on)
    data |= _hidden(action, report_id, move)
    data |= _checked(lambda: memo_events.data(action, facts, move)) | memo_events.ended(action, facts, move, data, to)
    data |= _proposed(action, actor, facts, move, on)
    if action == Action.CONFIRM_TEXT:
        data["refers_to"] = seq = _held_event(report_id, move)
        _only_hides_more(report_id, seq, move)
    for name, answers in (("masked", move.masked), ("kept", move.kept)):
        if answers:
            data[name] = {field: [list(span) for span in spans] for field, spans in sorted(answers.items())}
    return data


def _check_promise(action: Action, move: Move, facts: Projection, on: date) -> None:
    if fault := promises.fault(action, move, known=facts.outcome_on, today=on):
        raise MoveError("outcome_on", fault)


def _proposed(action: Action, actor: Actor, facts: Projection, move: Move, on: date) -> dict[str, Any]:
    """Return what is proposed, checked like the deed itself; or what is decided of a proposal."""
    said = _checked(lambda: proposals.event_data(action, actor=actor, facts=facts, move=move, on=on))
    if action == Action.PROPOSE and move.proposes == Action.RECLASSIFY:
        said["proposal"] |= _verified(move, facts)
    return said


def _hidden(action: Action, report_id: int, move: Move) -> dict[str, Any]:
    try:
        return hiding.event_data(action, report_id, move)
    except hiding.HidingError as error:
        raise MoveError(error.field, error.fault) from error


def _brought(action: Action, actor: Actor, facts: Projection, move: Move, on: date) -> dict[str, Any]:
    """Return by which way, and on which day, the reporter's words came to the officer who writes them down."""
    brought = behalf.said(action, actor, move)
    if brought and (fault := behalf.fault(action, facts, move, today=on)):
        raise MoveError("received_on", fault)
    return brought


def _upwards(action: Action, move: Move) -> dict[str, Any]:
    """Return the step of the ladder that is taken."""
    step = move.escalation
    return {"escalation": step.as_data()} if action == Action.ESCALATE and step is not None else {}


def _to_colleague(action: Action, move: Move, facts: Projection, on: date) -> dict[str, int]:
    """Return who is to work on the report, checked to serve in the office that has it, and not named in it."""
    if action != Action.ENTRUST or move.assignee_id is None or facts.owner_agency_id is None:
        return {}
    office = accounts.colleagues(agency_id=facts.owner_agency_id, unit_id=facts.owner_unit_id, on=on)
    is_named = move.assignee_id in recipients.excluded(facts.named_user_ids, facts.named_unit_ids, on=on)
    if is_named or not office.filter(user_id=move.assignee_id).exists():
        raise MoveError("assignee", Fault.UNKNOWN)
    return {"assignee": move.assignee_id}


def _elsewhere(action: Action, move: Move) -> dict[str, int]:
    """Return the agency that a report is offered to, or that may be the right one."""
    if action in {Action.RETURN, Action.REFUSE_TRANSFER} and move.suggested_agency_id is not None:
        # Not the "suggested" of earlier events, which the public was not shown.
        return {"proposed": _receiver(move.suggested_agency_id, "suggested_agency")}
    if action == Action.TRANSFER and move.agency_id is not None:
        return {"offer": _receiver(move.agency_id)}
    return {}


def _more_time(action: Action, report_id: int, facts: Projection, move: Move) -> dict[str, Any]:
    """Return until when an answer is asked to take, or may take; what is asked is checked like what is given."""
    if action == Action.EXTEND_FORMAL:
        return {"extension": extensions.of_formal(facts)}
    if action not in {Action.REQUEST_EXTENSION, Action.GRANT_EXTENSION} or move.new_date is None:
        return {}
    found = extensions.until(report_id, facts, move.new_date)
    if isinstance(found, Fault):
        raise MoveError("new_date", found)
    return found if action == Action.GRANT_EXTENSION else {"until": found["until"]}


def _divided(action: Action, move: Move) -> dict[str, list[str]]:
    """Return the numbers of the parts; `services.parts` has made them."""
    if action != Action.SPLIT:
        return {}
    numbers = [part.number for part in move.parts]
    if Report.objects.filter(number__in=numbers).exclude(part_of="").count() != len(set(numbers)):
        raise MoveError("parts", Fault.UNKNOWN)
    return {"parts": numbers}


def _support(action: Action, facts: Projection, move: Move, actor: Actor) -> dict[str, Any]:
    """Return which office supports from now on, or no longer."""
    if action not in {Action.ADD_SUPPORT, Action.END_SUPPORT}:
        return {}
    is_new = action == Action.ADD_SUPPORT
    if move.unit_id is not None:
        unit = _unit(move.unit_id, facts.owner_agency_id, actor) if is_new else move.unit_id
        return {"supporter": {"agency": facts.owner_agency_id, "unit": unit}}
    agency = _receiver(move.agency_id or 0) if is_new else move.agency_id
    return {"supporter": {"agency": agency, "unit": None}}


def _together(move: Move) -> dict[str, Any]:
    """Return which report leads a cluster, which come into it or leave it, and which event of another reaches it."""
    said: dict[str, Any] = {"lead": move.lead_id, "members": sorted(move.member_ids) or None, "carried": move.carried}
    if move.shared is not None:
        said["shared"] = list(move.shared)
    return {name: value for name, value in said.items() if value is not None}


# How a report ended when nobody said so in words.
_SILENT_OUTCOMES = {
    Action.DATA_DEADLINE_PASSED: Outcome.DEEMED_WITHDRAWN,
    Action.WITHDRAW: Outcome.WITHDRAWN,
}


def _ending(action: Action, move: Move) -> dict[str, Any]:
    """Return what an act says of the end: the outcome, the reason to archive, the reporter's verdict."""
    match action:
        case Action.ANSWER | Action.CLOSE_MANUAL | Action.CLOSE_PARTS if move.outcome is not None:
            on = move.outcome_on.isoformat() if move.outcome_on else None
            said: dict[str, Any] = {"outcome": move.outcome.value, "outcome_on": on}
            return said | ({"releases": move.releases} if move.releases is not None else {})
        case Action.RESCHEDULE if move.outcome_on is not None:
            return {"outcome_on": move.outcome_on.isoformat()}
        case Action.HOLD_ANSWER if move.outcome is not None:
            # Not the outcome of the report: that it becomes when the answer is released.
            on = move.outcome_on.isoformat() if move.outcome_on else None
            answer = {"outcome": move.outcome.value, "outcome_on": on}
            return {"answer": answer, "grounds": [one.value for one in move.held_for], "same": move.same_answers}
        case Action.DATA_DEADLINE_PASSED | Action.WITHDRAW:
            return {"outcome": _SILENT_OUTCOMES[action].value}
        case Action.ARCHIVE | Action.PROPOSE_ARCHIVE if move.archive_reason is not None:
            return {"archive_reason": move.archive_reason.value}
        case Action.RATE | Action.CONFIRM_DONE if move.rating is not None:
            return {"rating": move.rating, "solved": move.solved.value if move.solved else ""}
        case _:
            return {}


def _owner(action: Action, *, actor: Actor, facts: Projection, move: Move, to: str) -> dict[str, int | None] | None:
    """Return who owns the report after the act, where that changes."""
    here = facts.owner_agency_id
    match action:
        case Action.VERIFY_AND_ASSIGN | Action.ASSIGN_TO_UNIT | Action.HAND_OVER:
            agency = _agency(move.agency_id, "agency") if move.agency_id is not None else here
            unit = _unit(move.unit_id, agency, actor) if move.unit_id is not None else None
            return {"agency": agency, "unit": unit}
        case Action.ACCEPT_TRANSFER:
            offered = facts.offered_agency_id
            return {"agency": offered, "unit": _unit(move.unit_id, offered, actor) if move.unit_id else None}
        case Action.DECIDE_OWNER if move.agency_id is not None:
            return {"agency": _receiver(move.agency_id), "unit": None}
        case Action.MANAGE_SELF:
            return {"agency": agency_of(actor), "unit": None}
        case Action.RETURN_TO_ADMIN | Action.TAKE_BACK | Action.SPLIT | Action.OBJECT_FORMAL | Action.HAND_TO_PPID:
            return {"agency": here, "unit": organisation.ppid_of(here) if action == Action.HAND_TO_PPID else None}
        case Action.RETURN | Action.LIFT:
            return {"agency": _national() if isinstance(actor, AgencyAdmin | System) else here, "unit": None}
        case Action.APPEAL | Action.REOPEN if STATUSES[Status(to)].holder == Holder.ADMIN:
            # Back to be verified: no unit holds it any more.
            return {"agency": here, "unit": None}
        case _:
            return None


def _merged(action: Action, actor: Actor, facts: Projection, move: Move) -> dict[str, int | None] | None:
    """Return the lead's owner; or whose a report was before a merge, where that office is there; None for no change."""
    here = {"agency": facts.owner_agency_id, "unit": facts.owner_unit_id}
    if action == Action.MERGE:
        return _other_than(here, {"agency": move.agency_id, "unit": move.unit_id})
    was = facts.before_merge if action == Action.UNMERGE and not isinstance(actor, System) else None
    if was is None or STATUSES[facts.status].holder == Holder.ADMIN:
        return None
    if was.agency_id is None or not Agency.objects.filter(pk=was.agency_id, valid_to=None).exists():
        return None
    units = Unit.objects.filter(agency_id=was.agency_id, valid_to=None).values_list("pk", flat=True)
    return _other_than(here, {"agency": was.agency_id, "unit": was.unit_id if was.unit_id in units else None})


def _other_than(here: dict[str, int | None], there: dict[str, int | None]) -> dict[str, int | None] | None:
    """Return a new owner; who has it already is not written down as one."""
    return None if here == there else there


def _national() -> int:
    return Agency.objects.values_list("pk", flat=True).get(kind="national", valid_to=None)


def _agency(agency_id: int, field: str) -> int:
    if not Agency.objects.filter(pk=agency_id, valid_to=None).exists():
        raise MoveError(field, Fault.UNKNOWN)
    return agency_id


def _receiver(agency_id: int, field: str = "agency") -> int:
    """Check that there is an agency to work on a report; the national queue only sends on."""
    if not Agency.objects.filter(pk=agency_id, valid_to=None).exclude(kind="national").exists():
        raise MoveError(field, Fault.UNKNOWN)
    return agency_id


def _unit(unit_id: int, agency_id: int | None, actor: Actor) -> int:
    """Check that a unit lives in the agency, and below the unit of a liaison officer who hands it on."""
    if agency_id is None or not Unit.objects.filter(pk=unit_id, agency_id=agency_id, valid_to=None).exists():
        raise MoveError("unit", Fault.UNKNOWN)
    match actor:
        case LiaisonOfficer(unit_id=own) | InternalAuditor(unit_id=own):
            if own not in organisation.unit_path(unit_id) or own == unit_id:
                raise MoveError("unit", Fault.NOT_BELOW)
        case AgencyAdmin() | NationalAdmin():
            pass
        case _:
            pass
    return unit_id


def _verified(move: Move, facts: Projection) -> dict[str, Any]:
    if not Category.objects.filter(pk=move.category_code, active_to=None).exists():
        raise MoveError("category", Fault.UNKNOWN)
    classification = move.classification.value if move.classification else facts.classification
    data: dict[str, Any] = {
        "classification": classification,
        "supervisory": move.supervisory if classification == "complaint" else None,
        "category": move.category_code,
    }
    if move.urgency is not None:
        data["urgency"] = move.urgency.value
    return data


def _named(move: Move, actor: Actor) -> dict[str, list[int]]:
    """Return the units and people that the report is about; the report is closed to them from then on.

    An admin of an agency names only who is below: else a report could be taken out of the sight of those who
    look after the agency, the national admin first. What is about them goes back to the national queue.
    """
    units, people = Unit.objects.filter(pk__in=move.named_units), User.objects.filter(pk__in=move.named_users)
    if isinstance(actor, AgencyAdmin):
        units = units.filter(agency_id=actor.agency_id)
        elsewhere = Appointment.objects.filter(valid_to=None).exclude(agency_id=actor.agency_id)
        here = Appointment.objects.filter(agency_id=actor.agency_id)
        people = people.filter(pk__in=here.values("user_id")).exclude(pk__in=elsewhere.values("user_id"))
    data = {}
    for field, found, asked in (("named_units", units, move.named_units), ("named_users", people, move.named_users)):
        if asked:
            if found.count() != len(set(asked)):
                raise MoveError(field, Fault.UNKNOWN)
            data[field] = sorted(asked)
    return data


def _flags(action: Action, move: Move) -> dict[str, bool]:
    """Return the flags that are set; at verification an officer only ever adds one."""
    flags = {"anonymous": move.is_anonymous, "confidential": move.is_confidential}
    said = {name: value for name, value in flags.items() if value is not None}
    return {name: value for name, value in said.items() if value or action == Action.SET_VISIBILITY}


def _held_event(report_id: int, move: Move) -> int:
    """Check that what is confirmed is a later text of the reporter, which waits for it."""
    kinds = [action.value for action in HELD_TEXTS]
    seq = move.refers_to
    if seq is None or not Event.objects.filter(report_id=report_id, seq=seq, kind__in=kinds).exists():
        raise MoveError("refers_to", Fault.UNKNOWN)
    return seq


def _only_hides_more(report_id: int, seq: int, move: Move) -> None:
    """Check that a text which was confirmed before is not shown with less hidden than then."""
    before = Event.objects.filter(report_id=report_id, kind=Action.CONFIRM_TEXT.value, data__refers_to=seq)
    hidden = {place for start, end, _kind in move.masked.get("text", ()) for place in range(start, end)}
    for data in before.values_list("data", flat=True):
        spans = data.get("masked", {}).get("text", ())
        if not hidden.issuperset(place for start, end, _kind in spans for place in range(start, end)):
            raise MoveError("refers_to", Fault.UNKNOWN)
