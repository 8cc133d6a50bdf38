"""Merge reports of the same matter into one work item, and take them apart again (T20, T21; REQ-25, 26)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from tanggap.domain.actors import Actor, Officer, agency_of
from tanggap.domain.case import Case
from tanggap.domain.clusters import MOST_MEMBERS, waits_for_verification, why_apart
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move, Span
from tanggap.domain.policy import Denied, Reason, decide
from tanggap.models import Report
from tanggap.selectors import clusters, filed_words
from tanggap.selectors import reports as report_selectors
from tanggap.services import redaction, reports

_CHECKED: Final = ("body", "location")


class NotTogetherError(reports.NotAllowedError):
    """A merge is refused and nothing was done; `number` is the report that stands in the way."""

    def __init__(self, reason: Reason, number: str) -> None:
        super().__init__(reason)
        self.number = number


@transaction.atomic
def merge(
    *, actor: Actor, lead: str, members: Sequence[str], now: datetime, is_checked: bool = False, note: str = ""
) -> Report:
    """Handle reports together with another one, which leads them; all of them, or none. Returns the lead.

    `lead` and `members` are numbers. Each member goes to the owner of the lead and keeps its number, clocks and
    history. What nobody has verified is verified like the lead, with `note` for the officers, if `is_checked` says
    that the actor has read its texts: every finding in them is then masked. Raises NotTogetherError with the reason
    and the number, and reports.NotFoundError for what the actor may not know of.
    """
    numbers = list(dict.fromkeys(members))
    clusters.lock_all(numbers=[lead, *numbers])
    master = report_selectors.locked(viewer=actor, number=lead)
    case = report_selectors.case_of(master, now=now)
    _may_lead(master, case, actor, len(numbers))
    rows = [report_selectors.locked(viewer=actor, number=number) for number in numbers]
    for row in rows:
        try:
            _join(row, master, case, actor=actor, now=now, is_checked=is_checked, note=note or master.number)
        except NotTogetherError:
            raise
        except reports.NotAllowedError as error:
            raise NotTogetherError(error.reason, row.number) from error
    taken = Move(lead_id=master.pk, member_ids=tuple(row.pk for row in rows))
    return reports.act(actor=actor, number=lead, action=Action.TAKE_IN, move=taken, now=now)


def why_not(*, actor: Officer, lead: Report, member: Report, now: datetime, is_checked: bool = False) -> Reason | None:
    """Say why a report that the actor got would not follow another one; None where nothing stands against it."""
    case, other = report_selectors.case_of(lead, now=now), report_selectors.case_of(member, now=now)
    if waits_for_verification(member.status):
        reason = _refused(Action.VERIFY_AND_ASSIGN, actor, other)
        return reason or (None if is_checked else Reason.VERIFY_FIRST) or why_apart(case, other)
    return _refused(Action.TAKE_IN, actor, case) or why_apart(case, other) or _refused(Action.MERGE, actor, other)


def _refused(action: Action, actor: Officer, case: Case) -> Reason | None:
    decision = decide(action, actor=actor, case=case)
    return decision.reason if isinstance(decision, Denied) else None


def _may_lead(master: Report, case: Case, actor: Actor, count: int) -> None:
    """Refuse a lead that cannot lead before anything is done to a member."""
    if waits_for_verification(case.facts.status):
        raise NotTogetherError(Reason.VERIFY_FIRST, master.number)
    if isinstance(decision := decide(Action.TAKE_IN, actor=actor, case=case), Denied):
        raise NotTogetherError(decision.reason, master.number)
    if not count:
        raise NotTogetherError(Reason.MISSING_MEMBERS, master.number)
    if len(case.facts.member_ids) + count > MOST_MEMBERS:
        raise NotTogetherError(Reason.CLUSTER_FULL, master.number)


def _join(row: Report, master: Report, lead: Case, *, actor: Actor, now: datetime, is_checked: bool, note: str) -> None:
    if row.pk != master.pk and waits_for_verification(row.status):
        if not is_checked:
            raise NotTogetherError(Reason.VERIFY_FIRST, row.number)
        _verify_like(row, master, lead, actor=actor, now=now, note=note)
    if reason := why_apart(lead, report_selectors.case_of(row, now=now)):
        raise NotTogetherError(reason, row.number)
    move = Move(lead_id=master.pk, agency_id=master.owner_agency_id, unit_id=master.owner_unit_id)
    reports.act(actor=actor, number=row.number, action=Action.MERGE, move=move, now=now)


def _verify_like(row: Report, master: Report, lead: Case, *, actor: Actor, now: datetime, note: str) -> None:
    """Verify a report with what was decided of the lead; whatever the finder finds in its texts is masked."""
    unit_id, here = master.owner_unit_id, agency_of(actor)
    is_kept = unit_id is None and master.owner_agency_id == here
    texts = {"title": row.title, **_texts(row.pk)}
    move = Move(
        text=note,
        title=row.title,
        category_code=master.category_id or "",
        classification=Classification(master.classification),
        supervisory=master.supervisory,
        agency_id=None if is_kept else master.owner_agency_id,
        unit_id=unit_id,
        named_units=tuple(lead.facts.named_unit_ids),
        named_users=tuple(lead.facts.named_user_ids),
        masked={name: _findings(text) for name, text in texts.items()},
        checks_answered=True,
    )
    action = Action.MANAGE_SELF if is_kept else Action.VERIFY_AND_ASSIGN
    reports.act(actor=actor, number=row.number, action=action, move=move, now=now)


def _texts(report_id: int) -> dict[str, str]:
    return filed_words.of([report_id], _CHECKED).get(report_id, {})


def _findings(text: str) -> tuple[Span, ...]:
    return tuple((found.start, found.end, found.kind.value) for found in redaction.find(text))


@transaction.atomic
def unmerge(*, actor: Actor, lead: str, members: Sequence[str], now: datetime) -> Report:
    """Take members out of a cluster: each goes back to the office that had it, with all that happened since.

    Raises as `merge` does.
    """
    numbers = list(dict.fromkeys(members))
    clusters.lock_all(numbers=[lead, *numbers])
    master = report_selectors.locked(viewer=actor, number=lead)
    rows = [report_selectors.locked(viewer=actor, number=number) for number in numbers]
    if not rows:
        raise NotTogetherError(Reason.MISSING_MEMBERS, master.number)
    for row in rows:
        if row.cluster_lead_id != master.pk:
            raise NotTogetherError(Reason.NOT_MERGED, row.number)
        try:
            reports.act(actor=actor, number=row.number, action=Action.UNMERGE, now=now)
        except reports.NotAllowedError as error:
            raise NotTogetherError(error.reason, row.number) from error
    gone = Move(member_ids=tuple(row.pk for row in rows))
    return reports.act(actor=actor, number=lead, action=Action.LET_GO, move=gone, now=now)
