"""Proposals that wait for somebody's word, as they stand beside the forms of a report (DOMAIN 1.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain import privacy
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.policy import Allowed, decide
from tanggap.domain.proposal_guards import decidable, proposable
from tanggap.domain.proposals import Proposal
from tanggap.selectors import names
from tanggap.templatetags.tanggap import named
from tanggap.web import wording
from tanggap.web.workbench.forms import Desk

TITLES: Final[dict[Action, Promise]] = {
    Action.RECLASSIFY: lazy("Perbaikan klasifikasi"),
    Action.MERGE: lazy("Penggabungan"),
    Action.REQUEST_DATA: lazy("Permintaan kelengkapan"),
    Action.OPEN_IDENTITY: lazy("Pembukaan identitas"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal in words, and what this officer can do about it."""

    seq: int
    kind: Action
    title: str
    values: Sequence[str]
    text: str
    by: str
    moment: datetime
    lead: str = ""
    may_do: bool = False
    may_agree: bool = False
    may_refuse: bool = False


def waiting(desk: Desk) -> list[Waiting]:
    """Return the proposals of a report that wait, for whoever reads what the office says among itself."""
    events = {event.seq: event for event in desk.dossier.events}
    made = []
    for one in desk.dossier.facts.proposed.values():
        event = events[one.seq]
        if privacy.reads_event(desk.viewer, event, desk.dossier.case, is_in_place=desk.dossier.is_in_place):
            made.append(_one(desk, one, event.acted_at))
    return made


def _one(desk: Desk, one: Proposal, at: datetime) -> Waiting:
    decides = may_refuse(desk, one.seq)
    is_look = one.kind == Action.OPEN_IDENTITY
    return Waiting(
        seq=one.seq,
        kind=one.kind,
        title=str(TITLES[one.kind]),
        values=values(one.values),
        text=desk.dossier.texts.get((one.seq, "text")) or "",
        by=desk.dossier.people.get(one.by, ""),
        moment=at,
        lead=one.values.get("lead", ""),
        may_do=decides and not is_look and _may(desk, one.kind),
        may_agree=decides and is_look and _may(desk, Action.AGREE),
        may_refuse=decides,
    )


def may_refuse(desk: Desk, seq: int) -> bool:
    """Say whether this officer may say no to the proposal of an event: it waits, and is another's."""
    mine = {one.seq for one in decidable(desk.viewer, desk.dossier.case)}
    return seq in mine and _may(desk, Action.REFUSE_PROPOSAL)


# A look at a hidden identity is never one press away: it is read first, and opened from there.
_OPENED_FIRST: Final = (Action.RECLASSIFY, Action.REQUEST_DATA, Action.ARCHIVE, Action.RETURN_TO_ADMIN)


def asked_of(desk: Desk) -> Proposal | None:
    """Return the oldest proposal that waits for the word of this officer and whose form the page opens with."""
    if desk.viewer.agency_id != desk.dossier.report.owner_agency_id:
        return None
    mine = decidable(desk.viewer, desk.dossier.case)
    return next((one for one in mine if one.kind in _OPENED_FIRST and _may(desk, one.kind)), None)


def values(proposal: Any) -> list[str]:
    """Say what a deed is proposed with."""
    if "category" not in proposal:
        return [f"{_('Laporan utama')}: {proposal['lead']}"] if "lead" in proposal else []
    said = [
        f"{_('Kategori')}: {named(names.current().category(proposal['category']))}",
        f"{_('Klasifikasi')}: {wording.CLASSIFICATION[Classification(proposal['classification'])]}",
    ]
    if (supervisory := proposal["supervisory"]) is not None:
        said.append(f"{_('Berkadar pengawasan')}: {_('Ya') if supervisory else _('Tidak')}")
    return said


def asks_to_look(desk: Desk) -> bool:
    """Say whether a second officer has to agree before this one may open the identity."""
    return Action.OPEN_IDENTITY in proposable(desk.viewer, desk.dossier.case) and _may(desk, Action.PROPOSE)


def agreed(desk: Desk) -> tuple[datetime, str] | None:
    """Return until when this officer may open the hidden identity, and the words of the request; None for not."""
    found = desk.dossier.facts.identity_open.get(desk.viewer.user_id)
    if found is None or desk.viewer.user_id not in desk.dossier.case.identity_open_to:
        return None
    until, seq = found
    return until, desk.dossier.texts.get((seq, "text")) or ""


def _may(desk: Desk, action: Action) -> bool:
    return isinstance(decide(action, actor=desk.viewer, case=desk.dossier.case), Allowed)
