"""The people of the simulation: who holds which office until when, who is away, and which posts nobody holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from tanggap.domain.actors import AgencyAdmin, LiaisonOfficer, NationalAdmin, Officer, System
from tanggap.domain.appointments import Office
from tanggap.selectors import agencies
from tanggap.services import accounts, duty

NATIONAL: Final = "admin-nasional"
PROVINCE: Final = "pemprov-banten"
_VACANT: Final = 0.15  # of the posts of units, from the first day
_LEAVES: Final = 0.8  # of the people are away at least once
_WITH_DEPUTY: Final = 0.6
_LEAVES_OFFICE: Final = 0.12
_CHANGES_UNIT: Final = 0.15
_SUCCEEDED: Final = 0.8
_DAY: Final = timedelta(days=1)

type Post = tuple[str, str, str]  # agency, unit or '', office


@dataclass(slots=True)
class Person:
    """Somebody in office, as the simulation knows it."""

    user_id: int
    post: Post
    since: date
    until: date | None = None
    away: list[tuple[date, date]] = field(default_factory=list)

    def is_there(self, day: date) -> bool:
        """Say whether the person holds the office on a day and is not on leave."""
        in_office = self.since <= day and (self.until is None or day <= self.until)
        return in_office and not any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happens to the staff at a moment."""

    at: datetime
    kind: str  # 'leave', 'retire', 'move', 'succeed'
    person: Person
    days: tuple[date, date] | None = None


class Staff:
    """Makes the people by the services, and answers who is there."""

    def __init__(self, rng: Random, begin: datetime, end: datetime, *, most: int, hides_leave: bool = False) -> None:
        self._rng, self._begin, self._end = rng, begin, end
        self._hides_leave = hides_leave  # somebody is away and nobody told the product: the checks must find it
        self._by_post: dict[Post, list[Person]] = {}
        self._by_user: dict[int, list[Person]] = {}  # one for each office that somebody has held
        self._serial = 0
        self.agencies = [agency.slug for agency in agencies.at_home()][-most:]
        self.ids = {slug: agencies.by_slug(slug).pk for slug in (*self.agencies, NATIONAL)}
        self.slugs = {pk: slug for slug, pk in self.ids.items()}
        self.units = {slug: {row.slug: row.pk for row in agencies.units(self.ids[slug])} for slug in self.agencies}
        self._above = {row.pk: row.parent_id for slug in self.agencies for row in agencies.units(self.ids[slug])}
        self.unit_slugs = {pk: unit for found in self.units.values() for unit, pk in found.items()}
        self.vacant = 0
        self._appoint()

    def _appoint(self) -> None:
        for _ in range(2):
            self._make((NATIONAL, "", Office.NATIONAL_ADMIN), self._begin)
        self._make((PROVINCE, "", Office.REGIONAL_OVERSEER), self._begin)
        for slug in self.agencies:
            for _ in range(2):
                self._make((slug, "", Office.AGENCY_ADMIN), self._begin)
            posts = [(slug, "", Office.HEAD)]
            posts += [(slug, unit, Office.LIAISON_OFFICER) for unit in self.units[slug] if unit != "inspektorat"]
            for post in posts:
                if self._rng.random() < _VACANT:
                    self.vacant += 1
                else:
                    self._make(post, self._begin)

    def _make(self, post: Post, now: datetime) -> Person:
        agency, unit, office = post
        self._serial += 1
        user = accounts.create_officer(
            actor=System(),
            username=f"simulasi{self._serial}",
            password=None,
            role=office,
            agency=agency,
            unit=unit or None,
            now=now,
        )
        person = Person(user.pk, post, accounts.office_day(now))
        self._by_post.setdefault(post, []).append(person)
        self._by_user[person.user_id] = [person]
        return person

    def changes(self) -> Iterator[Change]:
        """Draw who goes on leave and who leaves office, and yield it as things that happen."""
        for person in [one for held in self._by_user.values() for one in held]:
            if self._rng.random() < _LEAVES:
                for _ in range(self._rng.randrange(1, 4)):
                    at = self._moment()
                    first = accounts.office_day(at) + self._rng.randrange(3) * _DAY
                    yield Change(at, "leave", person, (first, first + self._rng.randrange(2, 13) * _DAY))
            ends = self._rng.random() if person.post[1] else 1
            if ends < _LEAVES_OFFICE + _CHANGES_UNIT:
                at = self._moment()
                yield Change(at, "retire" if ends < _LEAVES_OFFICE else "move", person)
                if self._rng.random() < _SUCCEEDED:
                    yield Change(at + self._rng.randrange(5, 40) * _DAY, "succeed", person)

    def _moment(self) -> datetime:
        return self._begin + (self._end - self._begin) * self._rng.random()

    def apply(self, change: Change) -> bool:
        """Let something happen; False where the product rightly refuses it (leave on days that are taken)."""
        person, day = change.person, accounts.office_day(change.at)
        match change.kind:
            case "leave" if change.days is not None:
                return self._go_on_leave(person, change.days, change.at)
            case "retire" if person.until is None:
                accounts.end_appointment(actor=System(), user_id=person.user_id, last_day=day, now=change.at)
                person.until = day
            case "move":
                self._move(person, change.at)
            case "succeed":
                self._make(person.post, change.at)
        return True

    def _move(self, person: Person, at: datetime) -> None:
        """Let somebody leave a unit for another one, of the own agency or of any: the account serves on."""
        user_id, day, (home, left, office) = person.user_id, accounts.office_day(at), person.post
        agency = home if self._rng.random() < 0.5 else self._rng.choice(self.agencies)
        unit = self._rng.choice([one for one in self.units[agency] if one not in {"inspektorat", left}])
        accounts.end_appointment(actor=System(), user_id=user_id, last_day=day, now=at)
        accounts.appoint(actor=System(), user_id=user_id, role=office, agency=agency, unit=unit, now=at)
        person.until = day
        moved = Person(user_id, (agency, unit, office), day, away=person.away)  # leave is of the person
        self._by_post.setdefault(moved.post, []).append(moved)
        self._by_user[user_id].append(moved)

    def _go_on_leave(self, person: Person, days: tuple[date, date], at: datetime) -> bool:
        first, last = days
        if self._hides_leave:
            person.away.append(days)
            return True
        deputy = self._deputy(person) if self._rng.random() < _WITH_DEPUTY else None
        try:
            duty.enter_absence(
                actor=System(),
                user_id=person.user_id,
                first_day=first,
                last_day=last,
                deputy_id=deputy.user_id if deputy else None,
                now=at,
            )
        except (duty.LeaveError, duty.NotAllowedError):
            return False
        person.away.append(days)
        return True

    def _deputy(self, person: Person) -> Person | None:
        agency, _unit, office = person.post
        post = (agency, "", Office.AGENCY_ADMIN) if office == Office.LIAISON_OFFICER else person.post
        others = [one for one in self._by_post.get(post, ()) if one is not person and one.until is None]
        return self._rng.choice(others) if others else None

    def is_there(self, user_id: int, day: date, office: tuple[int, int | None] | None = None) -> bool:
        """Say whether somebody is in office and not away, by the book of the simulation.

        With an office, the agency and the unit that have a report: whether it is one of them, or of a unit above.
        """
        there = [person.post for person in self._by_user[user_id] if person.is_there(day)]
        if office is None:
            return bool(there)
        agency_id, unit_id = office
        path = {""}
        while unit_id is not None:
            path.add(self.unit_slugs[unit_id])
            unit_id = self._above[unit_id]
        return any(self.ids[agency] == agency_id and unit in path for agency, unit, _office in there)

    def who(self, agency: str, unit: str, day: date, *, not_: frozenset[int] = frozenset()) -> Officer | None:
        """Return somebody who is at work for an office on a day, or None where nobody is."""
        office = Office.LIAISON_OFFICER if unit else Office.AGENCY_ADMIN
        if agency == NATIONAL:
            office = Office.NATIONAL_ADMIN
        found = [one for one in self._by_post.get((agency, unit, office), ()) if one.is_there(day)]
        found = [one for one in found if one.user_id not in not_]
        if not found:
            return None
        user_id, agency_id = self._rng.choice(found).user_id, self.ids[agency]
        if unit:
            return LiaisonOfficer(user_id, agency_id, self.units[agency][unit])
        return NationalAdmin(user_id, agency_id) if agency == NATIONAL else AgencyAdmin(user_id, agency_id)

    def in_unit(self, agency: str, unit: str) -> list[int]:
        """Return the accounts of a unit, for naming one of them."""
        return [one.user_id for one in self._by_post.get((agency, unit, Office.LIAISON_OFFICER), ())]
