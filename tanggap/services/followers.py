"""What an act on one report of a cluster means for the others: the lead's acts reach its members, and some take leave.

Each member gets an event of its own, decided by the same table, in the transaction of the act: its clocks stop, its
reporter is told. Where a member stands elsewhere the act does not reach it; it keeps its owner and its clock.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from tanggap.domain.actors import Actor, System
from tanggap.domain.case import Projection
from tanggap.domain.clusters import CARRIED, leaves
from tanggap.domain.intake import StagedFile
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move, Span
from tanggap.domain.notices import NOTICES, Audience, Notice
from tanggap.models import Attachment, Event, Report

# Acts that may write into the chains of other reports: all of a cluster are locked before, in one order.
REACHES: Final = CARRIED | {
    Action.WITHDRAW,
    Action.SET_VISIBILITY,
    Action.RELEASE_ANSWER,
    Action.SIGN_MEMO,
    Action.RECLASSIFY,
}
_VERIFYING: Final = frozenset({Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})
_OF_THE_REPORT: Final = ("title", "body", "location")


@dataclass(frozen=True, slots=True)
class Change:
    """What was just done to a report of a cluster, and what it is since."""

    action: Action
    move: Move
    facts: Projection
    actor: Actor
    now: datetime
    was_confidential: bool


def own_notices(tells: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return what a member's act tells: its reporter. The officers were told once, of the lead."""
    return tuple(notice for notice in tells if NOTICES[notice].audience == Audience.REPORTER)


def reach(report: Report, change: Change, *, act: Callable[..., Report], may: Callable[..., bool]) -> None:
    """Let an act on a report reach the rest of its cluster; what time does, it does to each report.

    `act` carries an action out, `may` does so where it is allowed and says whether it was: both `services.reports`'.
    """
    if change.move.carried is not None or not change.facts.is_in_cluster:
        return
    names = bool(change.move.named_units or change.move.named_users)
    if change.action in CARRIED and change.facts.member_ids and not isinstance(change.actor, System):
        for member in _members(report):
            may(
                actor=change.actor,
                number=member.number,
                action=change.action,
                move=_own(report, change, member),
                now=change.now,
            )
    elif leaves(change.action, change.facts, was_confidential=change.was_confidential, names=names):
        _part(report, change, act)


def _members(report: Report) -> list[Report]:
    return list(Report.objects.filter(cluster_lead_id=report.pk).order_by("pk").only("number", "title"))


def _own(lead: Report, change: Change, member: Report) -> Move:
    """Return the act as it is done to a member: to be verified it has its own title and its own checked texts."""
    move = replace(change.move, carried=change.facts.count)
    if move.releases is not None:
        move = replace(move, releases=None, files=_files(lead, move.releases))
    if change.action not in _VERIFYING:
        return move
    kinds = [action.value for action in _VERIFYING]
    checked = Event.objects.filter(report_id=member.pk, kind__in=kinds).order_by("-seq").values_list("data", flat=True)
    data: dict[str, Any] = checked[0]
    return replace(move, title=member.title, masked=_spans(data, "masked"), kept=_spans(data, "kept"))


def _files(lead: Report, seq: int) -> tuple[StagedFile, ...]:
    """Return the files that came with a held answer of the lead: they are evidence in each report."""
    rows = Attachment.objects.filter(report=lead, event__seq=seq, erased_at=None).order_by("pk")
    return tuple(
        StagedFile(row.key, bytes(row.sha256).hex(), row.size, row.media_type, row.kind, row.name, row.is_publishable)
        for row in rows
    )


def _spans(data: dict[str, Any], name: str) -> dict[str, tuple[Span, ...]]:
    found = data.get(name, {})
    return {field: tuple((a, b, kind) for a, b, kind in found[field]) for field in _OF_THE_REPORT if field in found}


def _part(report: Report, change: Change, act: Callable[..., Report]) -> None:
    """Take a report out of its cluster; where it leads, the cluster is over, and each goes on with owner and clocks."""
    lead_id = change.facts.lead_id
    lead = report if lead_id is None else Report.objects.only("number").get(pk=lead_id)
    gone = _members(report) if lead_id is None else [report]
    for member in gone:
        act(actor=System(), number=member.number, action=Action.UNMERGE, now=change.now)
    members = tuple(member.pk for member in gone)
    act(actor=System(), number=lead.number, action=Action.LET_GO, move=Move(member_ids=members), now=change.now)
    report.refresh_from_db()
