"""Plays reports against a simulated clock, all of them at once: what is due next happens next."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from tanggap.domain.actors import NationalAdmin, Officer, Reporter
from tanggap.domain.handing_on import MOST_HOPS
from tanggap.domain.intake import Classification, Identity, IncomingReport
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.management.demo.clockwork import Clockwork
from tanggap.management.demo.places import REGENCIES
from tanggap.management.demo.profile import ZONE, choose
from tanggap.management.simulation import texts
from tanggap.management.simulation.checks import Watch
from tanggap.management.simulation.findings import Findings
from tanggap.management.simulation.staff import NATIONAL, Change, Staff
from tanggap.selectors import calendars, categories, soundness
from tanggap.services import closing, counters, escalation, handing_over, reminders, reports, submissions
from tanggap.services.accounts import office_day
from tanggap.services.moves import MoveError

ROUNDS: Final = (time(8, 10), time(13, 10))
_VERIFY_DAYS: Final = ((0, 38), (1, 27), (2, 13), (3, 7), (5, 6), (9, 5), (16, 4))
_FIRST_DAYS: Final = ((0, 25), (1, 30), (3, 20), (6, 14), (12, 11))
_ANSWER_DAYS: Final = ((1, 22), (4, 30), (9, 24), (16, 13), (30, 8), (60, 3))
_AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """How large a run is, and what is broken on purpose: 'absent' hides leave, 'hops' allows no hop."""

    reports: int
    months: int
    seed: int
    broken: str = ""
    agencies: int = 9


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does next."""

    actor: Officer | Reporter
    action: Action
    move: Move = field(default_factory=Move)


class Play:
    """One run over one database."""

    def __init__(self, wish: Wish, begin: datetime) -> None:
        self.wish, self.begin = wish, begin
        self.end = begin + timedelta(days=round(wish.months * 30.4))
        self.rng = Random(wish.seed)
        self.calendar = calendars.working_calendar(None, calendars.current_version())
        self.clock = Clockwork(self.calendar, self.end)
        self.staff = Staff(self.rng, begin, self.end, most=wish.agencies, hides_leave=wish.broken == "absent")
        self.found = Findings()
        hops = -1 if wish.broken == "hops" else MOST_HOPS
        self.watch = Watch(self.staff, self.found, most_hops=hops)
        self.categories = [str(child.category.code) for branch in categories.tree() for child in branch.children]
        self._queue: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()

    def run(self, tell: Callable[[int], None] | None = None) -> Findings:
        """Play to the end of the last month, and return the counts."""
        self._plan()
        done = 0
        while self._queue and self._queue[0][0] < self.end:
            now, _order, happens = heapq.heappop(self._queue)
            happens(now)
            done += 1
            if tell and done % 1000 == 0:
                tell(done)
        self._count_statuses()
        return self.found

    def at(self, moment: datetime, happens: Callable[[datetime], None]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._queue, (moment, next(self._order), happens))

    def _plan(self) -> None:
        span = self.end - self.begin
        for _ in range(self.wish.reports):
            # The last ones have time to become late.
            self.at((self.begin + span * 0.95 * self.rng.random()).replace(microsecond=0), self._file)
        for change in self.staff.changes():
            self.at(change.at, lambda _now, change=change: self._change(change))  # type: ignore[misc]
        day = self.begin.astimezone(ZONE).date()
        while datetime.combine(day, time(), ZONE) < self.end:
            if self.calendar.is_working_day(day):
                for hour in ROUNDS:
                    self.at(datetime.combine(day, hour, ZONE).astimezone(UTC), self._round)
            day += timedelta(days=1)

    def _change(self, change: Change) -> None:
        self.found.played[change.kind if self.staff.apply(change) else f"{change.kind} refused"] += 1

    # What happens by the clock

    def _round(self, now: datetime) -> None:
        """Run the periodic jobs; reminders only where an act depends on their number."""
        reminders.flag_overdue(now=now)
        for report_id in soundness.to_remind_of_data(now):
            reminders.remind_report(report_id, now=now)
        done = self.found.played
        done["handed over"] += handing_over.hand_over(now=now)
        done["closed by the system"] += closing.auto_close(now=now)
        done["data ran out"] += closing.expire_data_requests(now=now)
        done["arbiter asked"] += closing.ask_arbiter(now=now)
        escalation.escalate(now=now)
        self.watch.escalations(now)
        self.watch.desks(now)
        self.watch.changed(now)
        counters.fold()

    # What people do

    def _file(self, now: datetime) -> None:
        agency = self.rng.choice(self.staff.agencies)
        is_secret = self.rng.random() < 0.06
        incoming = IncomingReport(
            classification=choose(self.rng, texts.CLASSIFICATIONS),
            title=texts.title(self.rng),
            body=texts.body(self.rng),
            event_date=now.astimezone(ZONE).date(),
            area_code=self.rng.choice(list(REGENCIES)),
            location=texts.LOCATION,
            destination_id=None if self.rng.random() < 0.15 else self.staff.ids[agency],
            is_anonymous=is_secret,
            is_confidential=is_secret,
            identity=Identity(language="id") if is_secret else texts.REPORTER,
        )
        receipt = submissions.submit(incoming, now=now)
        self.found.played["reports"] += 1
        self.watch.report(receipt.report_id, now)
        self._next(receipt.report_id, now, _VERIFY_DAYS)

    def _next(self, report_id: int, now: datetime, days: Iterable[tuple[int, int]]) -> None:
        moment = self.clock.office(self.rng, now, choose(self.rng, tuple(days)))
        self.at(max(moment, now + timedelta(minutes=5)), lambda at: self._step(report_id, at))

    def _step(self, report_id: int, now: datetime) -> None:
        report = soundness.standing(report_id)
        deed = self._deed(report, now)
        if deed is None:
            if report.due_at is not None:
                self._next(report_id, now, ((1, 1),))  # nobody is there: tomorrow
            return
        try:
            after = reports.act(actor=deed.actor, number=report.number, action=deed.action, move=deed.move, now=now)
        except reports.NotAllowedError as error:
            self.found.played[f"refused: {error.reason}"] += 1
            self._next(report_id, now, ((1, 60), (3, 40)))
            return
        except MoveError as error:
            self.found.played[f"refused: {error.field}"] += 1
            self._next(report_id, now, ((1, 60), (3, 40)))
            return
        self.found.played["acts"] += 1
        self.found.played[f"  {deed.action}"] += 1
        self.watch.report(report_id, now)
        self._go_on(after, now)

    def _go_on(self, report: Any, now: datetime) -> None:
        match Status(report.status):
            case Status.UNVERIFIED:
                self._next(report.pk, now, _VERIFY_DAYS)
            case Status.ASSIGNED:
                self._next(report.pk, now, _FIRST_DAYS)
            case Status.IN_PROGRESS:
                self._next(report.pk, now, _ANSWER_DAYS)
            case Status.ANSWERED | Status.PENDING:
                self.at(self.clock.home(self.rng, now, (0.5, 25)), lambda at: self._step(report.pk, at))
            case Status.CLOSED if self.rng.random() < 0.05:
                self.at(self.clock.home(self.rng, now, (1, 20)), lambda at: self._step(report.pk, at))
            case _:
                pass

    def _deed(self, report: Any, now: datetime) -> Deed | None:
        """Decide who does what next; None where nobody is there, or the time is the system's."""
        day = office_day(now)
        match Status(report.status):
            case _ if report.is_disputed:
                return self._arbitrate(day)
            case _ if report.offered_agency_id is not None:
                return self._take_or_refuse(report, day)
            case Status.UNVERIFIED:
                return self._verify(report, day)
            case Status.ASSIGNED | Status.IN_PROGRESS:
                return self._work(report, day)
            case Status.ANSWERED | Status.PENDING | Status.CLOSED:
                return self._as_reporter(report)
            case _:
                return None

    def _arbitrate(self, day: date) -> Deed | None:
        arbiter = self.staff.who(NATIONAL, "", day)
        agency = self.staff.ids[self.rng.choice(self.staff.agencies)]
        return Deed(arbiter, Action.DECIDE_OWNER, self._saying(agency_id=agency)) if arbiter else None

    def _take_or_refuse(self, report: Any, day: date) -> Deed | None:
        receiver = self.staff.who(self.staff.slugs[report.offered_agency_id or 0], "", day)
        if receiver is None or self.rng.random() < 0.25:
            return None  # silence: the system asks the arbiter
        if self.rng.random() < 0.6:
            return Deed(receiver, Action.ACCEPT_TRANSFER)
        proposed = self.staff.ids[self.rng.choice(self.staff.agencies)]
        return Deed(receiver, Action.REFUSE_TRANSFER, self._saying(suggested_agency_id=proposed))

    def _verify(self, report: Any, day: date) -> Deed | None:
        slug = self.staff.slugs[report.owner_agency_id]
        admin = self.staff.who(slug, "", day)
        if admin is None:
            return None
        fate = self.rng.random()
        if fate < 0.03:
            return Deed(admin, Action.REQUEST_DATA, self._saying())
        if fate < 0.05:
            return Deed(admin, Action.ARCHIVE, Move(text=texts.SAYING, archive_reason=ArchiveReason.NOT_GOVERNMENT))
        proposed = self.rng.choice([one for one in self.staff.agencies if one != slug])
        if fate < 0.14 and slug != NATIONAL:
            return Deed(admin, Action.RETURN, self._saying(suggested_agency_id=self.staff.ids[proposed]))
        return self._assign(report, slug, admin)

    def _assign(self, report: Any, slug: str, admin: Officer) -> Deed:
        drawn = report.classification == "complaint" and self.rng.random() < 0.05
        is_supervisory = drawn or report.supervisory is True  # what was said once is cleared by a second person
        move = Move(
            text=texts.NOTE,
            title=report.title,
            category_code=self.rng.choice(self.categories),
            classification=Classification(report.classification),
            supervisory=is_supervisory if report.classification == "complaint" else None,
            masked={"title": (), "body": (), "location": ()},
            checks_answered=True,
        )
        if isinstance(admin, NationalAdmin):
            target = self.staff.ids[self.rng.choice(self.staff.agencies)]
            return Deed(admin, Action.VERIFY_AND_ASSIGN, replace(move, agency_id=target))
        if self.rng.random() < 0.08:
            return Deed(admin, Action.MANAGE_SELF, move)
        unit = self.rng.choice(list(self.staff.units[slug]))
        named = self.staff.in_unit(slug, unit)[:1] if is_supervisory and self.rng.random() < 0.5 else []
        return Deed(
            admin,
            Action.VERIFY_AND_ASSIGN,
            replace(move, unit_id=self.staff.units[slug][unit], named_users=tuple(named)),
        )

    def _work(self, report: Any, day: date) -> Deed | None:
        slug = self.staff.slugs[report.owner_agency_id]
        unit = self.staff.unit_slugs.get(report.owner_unit_id or 0, "")
        named = frozenset(report.named_users)
        admin = self.staff.who(slug, "", day, not_=named)
        worker = (self.staff.who(slug, unit, day, not_=named) if unit else None) or admin
        if worker is None:
            return None
        fate = self.rng.random()
        if fate < 0.06 and unit and worker is not admin and report.status == "assigned":
            return Deed(worker, Action.RETURN_TO_ADMIN, self._saying())
        if fate < 0.16 and admin is not None and report.status == "assigned":
            offered = self.rng.choice([one for one in self.staff.agencies if one != slug])
            return Deed(admin, Action.TRANSFER, self._saying(agency_id=self.staff.ids[offered]))
        if not unit and admin is not None and fate < 0.6 and report.status == "assigned":
            chosen = self.staff.units[slug][self.rng.choice(list(self.staff.units[slug]))]
            return Deed(admin, Action.ASSIGN_TO_UNIT, Move(text=texts.NOTE, unit_id=chosen))
        if fate < 0.3 and report.assignee_id is None:
            return Deed(worker, Action.TAKE)
        if report.status == "assigned" and fate < 0.8:
            return Deed(worker, Action.FOLLOW_UP, self._saying())
        return Deed(worker, Action.ANSWER, self._saying(text=texts.answer(self.rng), outcome=Outcome.EXPLAINED))

    def _as_reporter(self, report: Any) -> Deed | None:
        actor, fate = Reporter(report.pk), self.rng.random()
        match Status(report.status):
            case Status.PENDING if fate < 0.7:
                return Deed(actor, Action.SUPPLY_DATA, Move(text=texts.REPLY))
            case Status.ANSWERED if fate < 0.15:
                return Deed(actor, Action.REPORTER_REPLY, Move(text=texts.REPLY))
            case Status.ANSWERED if fate < 0.5:
                return Deed(actor, Action.CONFIRM_DONE, Move(text=texts.REPLY))
            case Status.CLOSED:
                return Deed(actor, Action.REOPEN, Move(text=texts.REPLY))
            case _:
                return None

    def _saying(self, **values: Any) -> Move:
        return replace(Move(text=texts.SAYING, masked={"text": ()}, checks_answered=True), **values)

    def _count_statuses(self) -> None:
        for status in soundness.statuses():
            self.found.played[f"ends {status}"] += 1
