"""Who stands on each level of the ladder above a report, and who of them can be reached now.

Read once for a round over many reports: offices, leave and trees fit into memory, reports do not. There is no
viewer: the product itself asks, and what it gets are ids of accounts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tanggap.domain.actors import System
from tanggap.domain.appointments import OFFICES_OF_A_UNIT, WORKING_OFFICES, Office
from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.case import Projection
from tanggap.domain.duty import Duty, Leave, Post, on_duty
from tanggap.domain.escalation import Rung, Skipped, Standing
from tanggap.models import Agency, OversightEdge, Report, Unit
from tanggap.selectors import accounts, calendars, duty


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report is, and who must not be told of it."""

    agency_id: int
    unit_id: int | None
    assignee_id: int | None
    is_confidential: bool
    named_users: frozenset[int]
    named_units: frozenset[int]


class Landscape:
    """The offices of a day: who holds which, who is away, what lies above what."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._leaves: list[Leave] = duty.leaves(since=on)
        posts = duty.posts(accounts.list_officers(viewer=System(), on=on))
        self._serving = frozenset(post.user_id for post in posts)
        self._in_agency: dict[tuple[int, Office], list[Post]] = defaultdict(list)
        self._in_unit: dict[int, list[Post]] = defaultdict(list)
        self._national = [post for post in posts if post.office == Office.NATIONAL_ADMIN]
        self._desks: dict[int, list[Post]] = defaultdict(list)  # of each who works on reports
        for post in posts:
            self._in_agency[post.agency_id, post.office].append(post)
            if post.office in WORKING_OFFICES:
                self._desks[post.user_id].append(post)
            if post.unit_id is not None:
                self._in_unit[post.unit_id].append(post)
        self._parents: dict[int, int | None] = dict(Unit.objects.values_list("pk", "parent_id"))
        self.zones: dict[int, str] = dict(Agency.objects.values_list("pk", "timezone"))
        self._overseers: dict[int, list[int]] = defaultdict(list)
        edges = OversightEdge.objects.filter(valid_from__lte=on).exclude(valid_to__lt=on)
        for overseer, overseen in edges.values_list("overseer_id", "overseen_id"):
            self._overseers[overseen].append(overseer)

    @cached_property
    def _calendar_version(self) -> int:
        return calendars.current_version()

    def calendar_of(self, agency_id: int | None) -> WorkingCalendar:
        """Return the calendar that an agency has now."""
        return calendars.working_calendar(agency_id, self._calendar_version)

    def place(self, report: Report, facts: Projection | None = None) -> Place:
        """Return what the ladder needs to know of a report; `facts` spare a look where its events were just read."""
        if facts is not None and not (facts.named_user_ids or facts.named_unit_ids):
            named = []
        else:
            named = list(report.named.values_list("user_id", "unit_id"))
        return Place(
            agency_id=report.owner_agency_id,
            unit_id=report.owner_unit_id,
            assignee_id=report.assignee_id,
            is_confidential=report.is_confidential,
            named_users=frozenset(user for user, _unit in named if user is not None),
            named_units=frozenset(unit for _user, unit in named if unit is not None),
        )

    def is_present(self, user_id: int) -> bool:
        """Say whether somebody is in office with an account that may sign in, and not away."""
        return bool(on_duty((user_id,), on=self.on, leaves=self._leaves, serving=self._serving).present)

    def absent(self, desks: Iterable[Post]) -> list[tuple[Post, int | None]]:
        """Return at which desks the one who has reports there is not there for them, each with who stands in.

        Who serves elsewhere by now has left this desk, with whatever other office.
        """
        gone = []
        for desk in desks:
            serving = self._serving if self._serves(desk) else self._serving - {desk.user_id}
            found = on_duty((desk.user_id,), on=self.on, leaves=self._leaves, serving=serving)
            if not found.present:
                gone.append((desk, next(iter(found.deputies), None)))
        return gone

    def _serves(self, desk: Post) -> bool:
        """Say whether somebody may work on the reports of a desk: from it, from above, or for all of the agency."""
        path = {None, *self._path(desk.unit_id)}
        held = self._desks.get(desk.user_id, ())
        return any(post.agency_id == desk.agency_id and post.unit_id in path for post in held)

    def agency_of(self, rung: Rung, place: Place) -> list[int]:
        """Return the agencies whose working hours count for a level."""
        match rung:
            case Rung.PROVINCE:
                return [post.agency_id for post in self._province(place)]
            case Rung.NATIONAL:
                return [post.agency_id for post in self._national]
            case _:
                return [place.agency_id]

    def auditors(self, place: Place) -> tuple[int, ...]:
        """Return the inspectorate's officers who are there: they hear of a late supervisory report too (D3.5)."""
        posts = self._not_named(self._in_agency[place.agency_id, Office.INTERNAL_AUDITOR], place)
        return self._duty(posts).reachable

    def standing(self, place: Place) -> dict[Rung, Standing]:
        """Return for each level who can be reached, or why nobody can."""
        return {rung: self._standing(rung, place) for rung in Rung}

    def _standing(self, rung: Rung, place: Place) -> Standing:
        match rung:
            case Rung.OFFICER | Rung.DEPUTY if place.unit_id is None and place.assignee_id is None:
                return Standing(why=Skipped.NO_UNIT)
            case Rung.OFFICER:
                return self._reach(self._officers(place), place, deputies=False)
            case Rung.DEPUTY:
                return self._deputies(place)
            case Rung.HEAD:
                return self._nearest_head(place)
            case Rung.PROVINCE if place.is_confidential:
                return Standing(why=Skipped.MAY_NOT_READ)
            case Rung.PROVINCE if place.agency_id not in self._overseers:
                return Standing(why=Skipped.NO_OVERSEER)
            case _:
                return self._reach(self._above(rung, place), place, deputies=True)

    def _above(self, rung: Rung, place: Place) -> list[Post]:
        match rung:
            case Rung.ADMIN:
                admins = self._in_agency[place.agency_id, Office.AGENCY_ADMIN]
                return admins or self._in_agency[place.agency_id, Office.NATIONAL_ADMIN]
            case Rung.PROVINCE:
                return self._province(place)
            case _:
                return self._national

    def _officers(self, place: Place) -> list[Post]:
        """Return who has the report: whoever took it, else the unit, else the nearest unit above with somebody."""
        if place.assignee_id is not None:
            taken = Post(place.assignee_id, Office.LIAISON_OFFICER, place.agency_id, place.unit_id)
            if self._serves(taken):  # who has left the desk is handed over from, and told nothing
                return [taken]
        for unit_id in self._path(place.unit_id):
            if found := self._of_unit(unit_id):
                return found
        return []

    def _of_unit(self, unit_id: int) -> list[Post]:
        return [post for post in self._in_unit[unit_id] if post.office in OFFICES_OF_A_UNIT]

    def _deputies(self, place: Place) -> Standing:
        """Return who could do the work instead: stand-ins of absent officers, colleagues, the unit above."""
        first = {post.user_id for post in self._officers(place)}
        duty_ = self._duty(self._not_named(self._officers(place), place))
        others = [post for unit_id in self._path(place.unit_id) for post in self._of_unit(unit_id)]
        present = self._duty(post for post in self._not_named(others, place) if post.user_id not in first).present
        named = self._named(place)
        people = tuple(person for person in dict.fromkeys((*duty_.deputies, *present)) if person not in named)
        return Standing(people) if people else Standing(why=Skipped.NO_DEPUTY)

    def _nearest_head(self, place: Place) -> Standing:
        """Return the head of the unit, or of the nearest one above, else of the agency: the first who is there."""
        heads, why = self._in_agency[place.agency_id, Office.HEAD], Skipped.VACANT
        for unit_id in (*self._path(place.unit_id), None):
            found = self._reach([post for post in heads if post.unit_id == unit_id], place, deputies=True)
            if found.people:
                return found
            why = why if found.why in {None, Skipped.VACANT} else found.why
        return Standing(why=why)

    def _province(self, place: Place) -> list[Post]:
        overseers = self._overseers.get(place.agency_id, ())
        return [post for agency in overseers for post in self._in_agency[agency, Office.REGIONAL_OVERSEER]]

    def _reach(self, posts: list[Post], place: Place, *, deputies: bool) -> Standing:
        if not posts:
            return Standing(why=Skipped.VACANT)
        free = self._not_named(posts, place)
        if not free:
            return Standing(why=Skipped.NAMED)
        found = self._duty(free)
        wanted, named = found.reachable if deputies else found.present, self._named(place)
        people = tuple(person for person in wanted if person not in named)
        return Standing(people) if people else Standing(why=Skipped.ABSENT)

    def _duty(self, posts: Iterable[Post]) -> Duty:
        holders = [post.user_id for post in posts]
        return on_duty(holders, on=self.on, leaves=self._leaves, serving=self._serving)

    def _not_named(self, posts: Collection[Post], place: Place) -> list[Post]:
        named = self._named(place)
        return [post for post in posts if post.user_id not in named]

    def _named(self, place: Place) -> frozenset[int]:
        """Return whom a report is about: who served a named unit is left out in every office, not in that one alone."""
        if not place.named_units:
            return place.named_users
        units = [unit_id for unit_id in self._served if place.named_units & set(self._path(unit_id))]
        return place.named_users | {user_id for unit_id in units for user_id in self._served[unit_id]}

    @cached_property
    def _served(self) -> dict[int, set[int]]:
        """Return who has served in each unit: an office that has ended makes nobody impartial (ADR 0083)."""
        found: dict[int, set[int]] = defaultdict(set)
        for user_id, unit_id in accounts.served(self.on):
            found[unit_id].add(user_id)
        return found

    def _path(self, unit_id: int | None) -> list[int]:
        """Return a unit and those above it, nearest first."""
        path: list[int] = []
        while unit_id is not None and unit_id not in path:
            path.append(unit_id)
            unit_id = self._parents.get(unit_id)
        return path
