"""The preview of a correction (T24): what becomes of the report, where the rules lead it, and how its dates move."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tanggap.domain import privacy
from tanggap.domain.case import Projection
from tanggap.domain.intake import Classification
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.policy import Denied, decide
from tanggap.domain.reasons import NEED_OF_REASON
from tanggap.selectors import accounts, agencies, names, suggestions
from tanggap.selectors.suggestions import Suggestion
from tanggap.services import corrections
from tanggap.services.conflicts import Follows
from tanggap.templatetags.tanggap import named
from tanggap.web import explanations, wording
from tanggap.web.explanations import ExplainedClock
from tanggap.web.workbench import suggesting
from tanggap.web.workbench.forms import Desk

CONFIRM: Final = "kirim"  # the button that saves what was previewed; it sends the mark of the preview
_SUPERVISORY: Final = {True: lazy("Ya"), False: lazy("Tidak"), None: lazy("Tidak berlaku")}
# How a report gets to another office: within the agency, by an offer, by the word of the next tier.
_WAYS: Final[dict[Action, Promise]] = {
    Action.ASSIGN_TO_UNIT: lazy("Simpan, lalu teruskan"),
    Action.TRANSFER: lazy("Simpan, lalu limpahkan"),
    Action.DECIDE_OWNER: lazy("Simpan, lalu tetapkan instansi"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of the report, before and after."""

    term: str
    was: str
    becomes: str

    @property
    def is_same(self) -> bool:
        """Say whether the correction leaves it as it is."""
        return self.was == self.becomes


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock before and after; `was` is its earlier day."""

    was: date
    clock: ExplainedClock

    @property
    def is_sooner(self) -> bool:
        """Say whether the correction leaves less time than there was."""
        return self.clock.due_on < self.was


@dataclass(frozen=True, slots=True)
class Office:
    """Where the rules lead the report now; `words` only where the officer reads them."""

    name: str
    reason: str
    words: str
    is_here: bool
    way: str = ""  # the query that saves and goes on to the form which hands it on
    way_label: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an officer reads before a correction is saved. `is_new`: something is not as it was in the last preview."""

    lines: tuple[Line, ...]
    clocks: tuple[Moved, ...]
    office: Office | None
    owner: str
    mark: str
    is_new: bool = False
    goes_to: str = ""  # where it goes at once, because who has it is named


def look(desk: Desk, move: Move, *, sent: str, now: datetime) -> Preview | None:
    """Return the preview that has to be looked at before a correction is saved; None when `sent` is its mark.

    Raises what `corrections.preview` raises.
    """
    found = corrections.preview(viewer=desk.viewer, number=desk.dossier.report.number, move=move, now=now)
    lines = tuple(_lines(desk, found.was, found.becomes))
    runs = [new for _old, new in found.clocks]
    explained = explanations.explain_runs(runs, get_language() or "id", now=now)
    clocks = tuple(Moved(old.due_on, clock) for (old, _new), clock in zip(found.clocks, explained, strict=True))
    goes_to = _goes_to(desk, found.follows)
    office = None if goes_to else _office(desk, found.becomes)
    said = [found.becomes.classification, found.becomes.supervisory, found.becomes.category, *_names_in(found.becomes)]
    dates = [(old.clock.value, old.due_at.isoformat(), new.due_at.isoformat()) for old, new in found.clocks]
    mark = _mark(desk.dossier.report.event_count, said, dates, office.name if office else goes_to)
    if sent == mark:
        return None
    owner = desk.dossier.owner or str(desk.dossier.report.owner_agency)
    return Preview(lines, clocks, office, owner, mark, is_new=bool(sent), goes_to=goes_to)


def first_values(action: Action, office: str) -> dict[str, str]:
    """Return what the form that hands a report on begins with, when it is opened for an office."""
    if action not in _WAYS or not office.isdecimal():
        return {}
    return {"unit" if action == Action.ASSIGN_TO_UNIT else "agency": office}


def _mark(*seen: object) -> str:
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]


def _lines(desk: Desk, was: Projection, becomes: Projection) -> Iterator[Line]:
    yield Line(_("Kategori"), _category(was), _category(becomes))
    yield Line(_("Klasifikasi"), _classification(was), _classification(becomes))
    yield Line(_("Berkadar pengawasan"), str(_SUPERVISORY[was.supervisory]), str(_SUPERVISORY[becomes.supervisory]))
    if any(_names_in(becomes)):
        yield Line(_("Pejabat/unit terlapor"), *(_called(desk, one) for one in (was, becomes)))


def _names_in(facts: Projection) -> tuple[list[int], list[int]]:
    return sorted(facts.named_unit_ids), sorted(facts.named_user_ids)


def _called(desk: Desk, facts: Projection) -> str:
    """Return whom a report is about, by name."""
    units, people = _names_in(facts)
    called = accounts.names_of(people)
    offices = {unit.pk: unit.short_name or unit.name for unit in agencies.units(desk.dossier.report.owner_agency_id)}
    known = [desk.dossier.units.get(pk) or offices.get(pk, "") for pk in units]
    return ", ".join([*known, *(called[pk] for pk in people if pk in called)]) or _("Belum ada")


def _category(facts: Projection) -> str:
    return named(names.current().category(facts.category)) if facts.category else _("Belum ada")


def _classification(facts: Projection) -> str:
    return str(wording.CLASSIFICATION[Classification(facts.classification)])


def _goes_to(desk: Desk, follows: Follows | None) -> str:
    """Return who gets a report at once, because who has it is named; '' where it stays."""
    action, move = follows or (None, Move())
    agency = desk.dossier.report.owner_agency
    match action:
        case Action.LIFT:
            return agencies.national().name
        case Action.HAND_OVER:
            return next((unit.name for unit in agencies.units(agency.pk) if unit.pk == move.unit_id), agency.name)
        case _:
            return ""


def _office(desk: Desk, becomes: Projection) -> Office | None:
    """Return where the rules lead it; never to a unit that it is about."""
    report, category = desk.dossier.report, becomes.category or ""
    one = suggestions.after_correction(report=report, texts=suggesting.texts_of(desk), category=category)
    if one is None or (one.unit is not None and one.unit.pk in becomes.named_unit_ids):
        return None
    is_here = one.unit is not None and one.unit.pk == report.owner_unit_id
    way = None if is_here else _way(desk, one)
    target = one.unit or one.agency
    return Office(
        name=str(target.name if target else ""),
        reason=suggesting.reason_of(one),
        words=", ".join(one.words) if privacy.reads_original(desk.viewer, desk.dossier.case) else "",
        is_here=is_here,
        way=f"?lalu={way.value}&kantor={target.pk}" if way and target else "",
        way_label=_WAYS[way] if way else "",
    )


def _way(desk: Desk, one: Suggestion) -> Action | None:
    """Return the deed by which this officer can bring the report there, or None."""
    if one.unit is not None:
        return Action.ASSIGN_TO_UNIT if _may(desk, Action.ASSIGN_TO_UNIT, Move(unit_id=one.unit.pk)) else None
    to = Move(agency_id=one.agency.pk if one.agency else None)
    return next((way for way in (Action.TRANSFER, Action.DECIDE_OWNER) if _may(desk, way, to)), None)


def _may(desk: Desk, action: Action, move: Move) -> bool:
    """Say whether only words would be missing."""
    decision = decide(action, actor=desk.viewer, case=desk.dossier.case, move=move)
    return not isinstance(decision, Denied) or decision.reason in NEED_OF_REASON
