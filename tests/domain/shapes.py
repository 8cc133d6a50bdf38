"""Chains of events for the domain's tests, made without a database by walking the two tables."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tanggap.domain import behalf
from tanggap.domain.actors import (
    Actor,
    AgencyAdmin,
    Evaluator,
    Head,
    InternalAuditor,
    LiaisonOfficer,
    NationalAdmin,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Reporter,
    System,
    UnitAdmin,
    agency_of,
    unit_of,
    user_of,
)
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.case import Case, Projection, project
from tanggap.domain.clocks import Clock
from tanggap.domain.deadlines import ClockRun, replay
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.ledger import EventRecord, moment
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.limits import LimitRule, Limits, PolicyRules
from tanggap.domain.moves import Edit, Move, SplitPart
from tanggap.domain.outcomes import ArchiveReason, Outcome, Solved
from tanggap.domain.policy import Allowed, decide

START = datetime(2020, 7, 1, 3, 0, tzinfo=UTC)
HOLIDAYS_2020 = {
    date(2020, 7, 31): "Iduladha",
    date(2020, 8, 17): "Hari Kemerdekaan",
    date(2020, 8, 20): "Tahun Baru Islam",
    date(2020, 8, 21): "Cuti bersama",
    date(2020, 10, 28): "Cuti bersama",
    date(2020, 10, 29): "Maulid Nabi",
    date(2020, 10, 30): "Cuti bersama",
}
CALENDAR = WorkingCalendar(off=frozenset(HOLIDAYS_2020), names=HOLIDAYS_2020, version=1)

_COUNTS = {
    Clock.VERIFY: (3, "wd"),
    Clock.PARTS: (60, "cd"),
    Clock.INTERNAL_ACCEPT: (1, "wd"),
    Clock.FIRST_FOLLOWUP: (5, "wd"),
    Clock.REOPENED: (5, "wd"),
    Clock.AUTO_CLOSE: (10, "wd"),
    Clock.DATA_REQUEST: (30, "cd"),
    Clock.REPLY: (5, "wd"),
    Clock.STATUTORY_MAX: (60, "cd"),
    Clock.STATUTORY_NOTICE: (14, "cd"),
    Clock.OUTCOME_NOTICE: (14, "cd"),
    Clock.REOPEN_WINDOW: (30, "cd"),
    Clock.APPEAL: (10, "wd"),
    Clock.FORMAL: (10, "wd"),
    Clock.FORMAL_WINDOW: (30, "wd"),
    Clock.FORMAL_OBJECTION: (30, "wd"),
}


def _rule(clock: Clock, count: int, unit: str, kind: str = "", supervisory: bool | None = None) -> LimitRule:
    return LimitRule(clock.value, kind, supervisory, count, unit, "Ps 1", "test", date(2018, 12, 1))


LIMITS = Limits(
    (
        PolicyRules(
            "test@1",
            (
                *(_rule(clock, *count) for clock, count in _COUNTS.items()),
                _rule(Clock.RESOLVE, 5, "wd", "aspiration"),
                _rule(Clock.RESOLVE, 5, "wd", "information_request"),
                _rule(Clock.RESOLVE, 14, "wd", "complaint", False),
                _rule(Clock.RESOLVE, 60, "wd", "complaint", True),
            ),
        ),
    )
)

NATIONAL, PROVINCE, UNIT, HELPER = 1, 2, 20, 21
REPORTER = Reporter(7)
ADMIN, SECOND_ADMIN = AgencyAdmin(101, PROVINCE), AgencyAdmin(102, PROVINCE)
NATIONAL_ADMIN = NationalAdmin(1, NATIONAL)
LIAISON = LiaisonOfficer(201, PROVINCE, UNIT)
AUDITOR = InternalAuditor(301, PROVINCE, 30)
OPERATOR = UnitAdmin(202, PROVINCE, UNIT)
OVERSEER = RegionalOverseer(401, 3, frozenset({PROVINCE}))
WATCHING = (Head(501, PROVINCE, None), Overseer(601, 4), Evaluator(701, 3, frozenset({PROVINCE})), Ombudsman(801, 5))
ACTORS: tuple[Actor, ...] = (REPORTER, ADMIN, SECOND_ADMIN, NATIONAL_ADMIN, LIAISON, AUDITOR, System())
HELPING = LiaisonOfficer(205, PROVINCE, HELPER)
ACTORS += (HELPING, OPERATOR, OVERSEER, *WATCHING)

FULL = Move(
    text="Teks yang cukup panjang untuk dibaca.",
    title="Judul yang cukup panjang",
    category_code="x",
    supervisory=False,
    outcome=Outcome.EXPLAINED,
    rating=4,
    solved=Solved.YES,
    is_anonymous=True,
    refers_to=1,
    suggested_agency_id=3,
    parts=(SplitPart("Bagian satu", 3, "2222-2222"), SplitPart("Bagian dua", 4, "3333-3333")),
    plan="Menyelesaikan pekerjaan di lapangan.",
    new_date=date(2020, 7, 24),
    lead_id=99,
    member_ids=(8,),
    channel=ReportChannel.PHONE,
    received_on=date(2020, 7, 1),
    proposes=Action.MERGE,
    lead_number="2222-2222",
    edit=Edit({"title": "Judul yang cukup panjang", "body": "Isi yang cukup panjang."}, Classification.COMPLAINT),
    checks_answered=True,
)


def replay_all(events: list[EventRecord]) -> list[ClockRun]:
    """Return the clocks of a chain under the test's limits and calendar."""
    return replay(events, limits=lambda _name: LIMITS, calendars=lambda _version, _agency: CALENDAR)


@dataclass
class Story:
    """A report that grows event by event, each one allowed by the table."""

    events: list[EventRecord] = field(default_factory=list)
    now: datetime = START
    reminders: int = 2

    @classmethod
    def begin(cls, *, owner: int = PROVINCE, now: datetime = START, **data: object) -> "Story":
        """Start with a submission."""
        story = cls(now=now)
        story.write(
            Action.SUBMIT,
            REPORTER,
            "",
            Status.UNVERIFIED,
            {
                "received_at": moment(now),
                "registered_at": moment(now),
                "classification": "complaint",
                "owner": {"agency": owner, "unit": None},
                "anonymous": False,
                "confidential": False,
                **data,
            },
        )
        return story

    def write(self, action: Action, actor: Actor, left: str, to: Status, data: dict[str, object]) -> None:
        """Append an event, allowed or not."""
        self.events.append(
            EventRecord(
                seq=len(self.events) + 1,
                kind=action.value,
                acted_at=self.now,
                recorded_at=self.now,
                role=actor.role.value,
                user_id=user_of(actor),
                agency_id=agency_of(actor),
                unit_id=unit_of(actor),
                from_status=left,
                to_status=to.value,
                visibility="public",
                data={"policy": "test@1", "calendar": 1, "zone": "Asia/Jakarta", **data},
                commitments={},
                nonce=bytes(16),
                previous_hash=bytes(32),
            )
        )

    @property
    def facts(self) -> Projection:
        """Return what the events add up to."""
        return project(self.events)

    @property
    def clocks(self) -> list[ClockRun]:
        """Return the clocks now."""
        return replay_all(self.events)

    @property
    def case(self) -> Case:
        """Return the case as policy sees it now."""
        live = [run for run in self.clocks if run.is_running]
        facts = self.facts
        return Case(
            report_id=REPORTER.report_id,
            facts=facts,
            owner_path=frozenset({facts.owner_unit_id} - {None}),  # type: ignore[arg-type]
            named_below=facts.named_unit_ids,
            open_windows=frozenset(run.clock for run in live if run.due_at >= self.now),
            expired=frozenset(run.clock for run in live if run.due_at < self.now),
            reminders_sent=self.reminders,
            may_extend=True,
            open_parts=len(self.events) % 2,
            support_path=facts.supporting_unit_ids,
        )

    def do(self, action: Action, actor: Actor, *, after: timedelta = timedelta(0), **values: object) -> "Story":
        """Do one allowed action a while later; an action that is refused fails the test."""
        self.now += after
        case, move = self.case, replace(FULL, **values)  # type: ignore[arg-type]
        decision = decide(action, actor=actor, case=case, move=self._complete(action, actor, move))
        assert isinstance(decision, Allowed), f"{action} by {actor}: {decision}"
        self.write(action, actor, case.facts.status.value, decision.to, self._data(action, actor, move, decision.to))
        return self

    def _complete(self, action: Action, actor: Actor, move: Move) -> Move:
        if action in {Action.VERIFY_AND_ASSIGN, Action.ASSIGN_TO_UNIT}:
            agency = PROVINCE if isinstance(actor, NationalAdmin) else None
            move = replace(move, unit_id=move.unit_id or UNIT, agency_id=agency)
        if action in {Action.ADD_SUPPORT, Action.END_SUPPORT}:
            is_national = isinstance(actor, NationalAdmin)
            move = replace(move, unit_id=None if is_national else HELPER, agency_id=3 if is_national else None)
        if action in {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF}:
            move = replace(move, classification=move.classification or Classification.COMPLAINT)
        if action in {Action.ARCHIVE, Action.PROPOSE_ARCHIVE}:
            move = replace(move, archive_reason=move.archive_reason or ArchiveReason.NOT_GOVERNMENT)
        return move

    def _data(self, action: Action, actor: Actor, move: Move, to: Status) -> dict[str, object]:
        data: dict[str, object] = dict(behalf.said(action, actor, move))
        is_national = isinstance(actor, NationalAdmin)
        supporter = {"agency": 3 if is_national else PROVINCE, "unit": None if is_national else HELPER}
        if owner := self._owner(action, actor, move, to):
            data["owner"] = owner
        reason = move.archive_reason or ArchiveReason.NOT_GOVERNMENT
        kind = move.classification.value if move.classification else "complaint"
        verified: dict[str, object] = {"classification": kind, "supervisory": move.supervisory, "category": "x"}
        data |= {
            Action.ANSWER: {"outcome": "explained", "outcome_on": None},
            Action.CLOSE_MANUAL: {"outcome": "explained", "outcome_on": None},
            Action.DATA_DEADLINE_PASSED: {"outcome": "deemed_withdrawn"},
            Action.ARCHIVE: {"archive_reason": reason.value},
            Action.PROPOSE_ARCHIVE: {"archive_reason": reason.value},
            Action.CONFIRM_TEXT: {"refers_to": 1},
            Action.ESCALATE: {
                "escalation": {"clock": "verify", "run": 1, "due": self.now.isoformat(), "step": "admin", "people": [1]}
            },
            Action.ESCALATE_OMBUDSMAN: {"consent": ["body"]},
            Action.SPLIT: {"parts": ["2222-2222", "3333-3333"]},
            Action.CLOSE_PARTS: {"outcome": "explained", "outcome_on": None},
            Action.ADD_SUPPORT: {"supporter": supporter},
            Action.END_SUPPORT: {"supporter": supporter},
            Action.REQUEST_EXTENSION: {"until": "2020-07-24"},
            Action.EXTEND_FORMAL: {"extension": 7},
            Action.GRANT_EXTENSION: {"until": "2020-07-24", "extension": 3},
            Action.VERIFY_AND_ASSIGN: verified,
            Action.MANAGE_SELF: verified,
            Action.MERGE: {"lead": 99},
            Action.PROPOSE: {"proposal": {"kind": "merge", "lead": "2222-2222"}},
            Action.TAKE_IN: {"lead": REPORTER.report_id, "members": [8]},
            Action.LET_GO: {"members": [8]},
        }.get(action, {})
        return data

    def _owner(self, action: Action, actor: Actor, move: Move, to: Status) -> dict[str, int | None] | None:
        here = self.facts.owner_agency_id
        match action:
            case Action.VERIFY_AND_ASSIGN | Action.ASSIGN_TO_UNIT:
                agency = PROVINCE if isinstance(actor, NationalAdmin) else here
                return {"agency": agency, "unit": move.unit_id or UNIT}
            case Action.MANAGE_SELF:
                return {"agency": agency_of(actor), "unit": None}
            case Action.HAND_TO_PPID:
                return {"agency": here, "unit": UNIT}
            case Action.SPLIT | Action.RETURN_TO_ADMIN | Action.TAKE_BACK | Action.HAND_OVER | Action.OBJECT_FORMAL:
                return {"agency": here, "unit": None}
            case Action.RETURN:
                return {"agency": NATIONAL if isinstance(actor, AgencyAdmin) else here, "unit": None}
            case Action.APPEAL | Action.REOPEN if to == Status.UNVERIFIED:
                return {"agency": here, "unit": None}
            case _:
                return None
