"""What happened to one report: an invented but complete history, written with the domain's own functions.

Chains, commitments, clocks, publication and row follow from the events by the same functions that the
services use, so `./run audit` must find nothing wrong. What a history may not do is skip the domain.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bench.words import Vocabulary
from tanggap.domain import references
from tanggap.domain.actors import Actor, AgencyAdmin, LiaisonOfficer, NationalAdmin, Reporter, System
from tanggap.domain.case import Projection
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Identity, Urgency
from tanggap.domain.ledger import GENESIS, EventRecord, moment
from tanggap.domain.lifecycle import PROMISED, SUBMITTED, Action, rows
from tanggap.domain.outcomes import ArchiveReason, Outcome, Solved
from tanggap.services import chain, deadlines, vault
from tanggap.services.reports import rules_in_force

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Shares of the histories: what ends before verification, and what happens on the way.
_ARCHIVED, _WITHDRAWN, _ASKED, _RETURNED, _REPLIED, _REOPENED = 0.08, 0.015, 0.06, 0.05, 0.08, 0.03
_ODD, _BITS = 0x9E3779B1, 35
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 8, 7, 8, 8, 7, 6, 5, 6, 8, 8, 6, 3, 2)
_OUTCOMES = (Outcome.EXPLAINED, Outcome.SCHEDULED, Outcome.BUDGET_NEEDED, Outcome.REJECTED_WITH_REASON)
_REASONS = (ArchiveReason.NOT_GOVERNMENT, ArchiveReason.ALREADY_ANSWERED, ArchiveReason.OUT_OF_SCOPE_LEGAL)


@dataclass(frozen=True, slots=True)
class Office:
    """An agency as a history needs it: who verifies, and which units answer."""

    agency_id: int
    timezone: str
    area: str
    admin: int
    desks: tuple[tuple[int, int], ...]  # unit, its liaison officer


@dataclass(frozen=True, slots=True)
class World:
    """The reference data that histories are made of; the same for every process."""

    national: Office
    offices: tuple[Office, ...]
    weights: tuple[float, ...]  # cumulated, of the offices
    by_id: Mapping[int, Office]  # the national one too
    villages: Mapping[str, tuple[str, ...]]  # by the area of an office
    categories: tuple[str, ...]
    words: Vocabulary
    changes: tuple[date, ...]  # the days on which another policy begins
    now: datetime
    days: int  # how long ago the first report came
    waiting: int = 0  # so many of the first reports came lately, and wait for the first office to give them to a unit


class _OverError(Exception):
    """The rest of the history lies in the future."""


@dataclass(slots=True)
class Story:
    """One report while its history is told."""

    world: World
    chance: random.Random
    number: str
    received_at: datetime
    at: datetime  # of the newest event
    facts: Projection = field(default_factory=Projection)
    events: list[EventRecord] = field(default_factory=list)
    texts: dict[tuple[int, str], str] = field(default_factory=dict)
    salts: dict[tuple[int, str], bytes] = field(default_factory=dict)
    sealed: vault.Sealed | None = None
    destination: int | None = None
    waits: bool = False

    def tell(self) -> None:
        """Let everything happen that has happened by now."""
        office = self._submit()
        with suppress(_OverError):
            if self.waits:
                self._assign(self._admin(office), self.world.offices[0], None)
            else:
                self._go_on(office)
        with suppress(_OverError):
            self._ask_for_promise()

    def _go_on(self, office: Office) -> None:
        chance = self.chance
        if chance.random() < _WITHDRAWN:
            self._do(Action.WITHDRAW, DAY, Reporter(0), {"outcome": Outcome.WITHDRAWN.value})
            return
        if chance.random() < _ARCHIVED:
            data = {"archive_reason": chance.choice(_REASONS).value}
            self._do(Action.ARCHIVE, self._delay(30), self._admin(office), data, {"text": self._words(15)})
            return
        if chance.random() < _ASKED and not self._ask(office):
            return
        if chance.random() < _RETURNED and office is not self.world.national:
            office = self._return(office)
        self._work(*self._verify(office))

    def _work(self, office: Office, desk: tuple[int, int]) -> None:
        """Follow up, answer, hear the reporter, close; some of it twice."""
        officer = LiaisonOfficer(desk[1], office.agency_id, desk[0])
        if self.chance.random() < 0.6:
            self._do(Action.FOLLOW_UP, self._delay(60), officer, *self._said(20))
        self._answer(officer, 150)
        if self.chance.random() < _REPLIED:
            self._do(Action.REPORTER_REPLY, self._delay(48), Reporter(0), {}, {"text": self._words(18)})
            seq = self.facts.count
            if self.chance.random() < 0.7:
                admin = AgencyAdmin(office.admin, office.agency_id)
                self._do(Action.CONFIRM_TEXT, self._delay(12), admin, {"refers_to": seq, "masked": {"text": []}})
            self._answer(officer, 72)
        self._close()
        if self.chance.random() < _REOPENED:
            self._do(Action.REOPEN, self._delay(96), Reporter(0), {}, {"text": self._words(18)})
            self._answer(officer, 90)
            self._close()

    def _ask_for_promise(self) -> None:
        """Ask on the day of a promise, as a job does: a worker that comes later has no years to make up for."""
        if self.facts.promised_on and self.facts.status in PROMISED:
            nine_o_clock = datetime.fromisoformat(self.facts.promised_on).replace(hour=2, tzinfo=UTC)
            self._do(Action.ASK_SCHEDULE, max(nine_o_clock - self.at, HOUR), System(), {})

    def _submit(self) -> Office:
        chance, world = self.chance, self.world
        office = world.offices[0] if self.waits else chance.choices(world.offices, cum_weights=world.weights)[0]
        self.destination = office.agency_id if not self.waits and chance.random() < 0.7 else None
        owner = office if self.destination else world.national
        shares = (1, 0, 0) if self.waits else (80, 8, 12)
        kind = chance.choices(("complaint", "aspiration", "information_request"), shares)[0]
        is_anonymous, is_confidential = chance.random() < 0.15, chance.random() < 0.10
        if chance.random() < 0.4:
            self._who()
        texts = {"title": world.words.some(chance, chance.randint(4, 8))[:-1], "body": self._body()}
        texts |= {"location": self._words(5)} if chance.random() < 0.5 else {}
        data: dict[str, Any] = {
            "channel": chance.choices(("web", "android", "walk_in", "letter"), (70, 20, 6, 4))[0],
            "received_at": moment(self.received_at),
            "registered_at": moment(self.received_at),
            "classification": kind,
            "category": self._category() if chance.random() < 0.6 else None,
            "urgency": chance.choice(list(Urgency)).value if chance.random() < 0.04 else "",
            "area": chance.choice(world.villages[office.area]),
            "event_date": (self.received_at - chance.randint(1, 20) * DAY).date().isoformat(),
            "destination": self.destination,
            "language": "id",
            "owner": {"agency": owner.agency_id, "unit": None},
            "route": "reporter_choice" if self.destination else "national_queue",
            "anonymous": is_anonymous,
            "confidential": is_confidential,
            "identity": self.sealed.digest if self.sealed else None,
        }
        self._write(Action.SUBMIT, owner, Reporter(0), data, texts)
        return owner

    def _verify(self, office: Office) -> tuple[Office, tuple[int, int]]:
        chance = self.chance
        admin = self._admin(office)
        if office is self.world.national:
            office = chance.choices(self.world.offices, cum_weights=self.world.weights)[0]
        desk = office.desks[int(len(office.desks) * chance.random() ** 3)]  # the first units have most of the work
        self._assign(admin, office, desk[0])
        return office, desk

    def _assign(self, admin: Actor, office: Office, unit: int | None) -> None:
        chance = self.chance
        is_complaint = self.facts.classification == "complaint"
        body = self.texts[1, "body"]
        phone = body.find("08")
        data: dict[str, Any] = {
            "owner": {"agency": office.agency_id, "unit": unit},
            "classification": self.facts.classification,
            "supervisory": chance.random() < 0.06 and not self.waits if is_complaint else None,
            "category": self.facts.category or self._category(),
            "masked": {"body": [[phone, phone + 12, "phone"]] if phone >= 0 else [], "location": [], "title": []},
        }
        texts = {"title": self.texts[1, "title"], "text": self._words(8)}
        after = chance.random() * DAY if self.waits else self._delay(30)
        self._do(Action.VERIFY_AND_ASSIGN, after, admin, data, texts)

    def _ask(self, office: Office) -> bool:
        """Ask for data before verification; return whether they came."""
        self._do(Action.REQUEST_DATA, self._delay(20), self._admin(office), *self._said(12))
        if self.chance.random() < 0.7:
            self._do(Action.SUPPLY_DATA, self._delay(60), Reporter(0), {}, {"text": self._words(20)})
            return True
        data = {"outcome": Outcome.DEEMED_WITHDRAWN.value}
        self._do(Action.DATA_DEADLINE_PASSED, self._until(Clock.DATA_REQUEST), System(), data)
        return False

    def _return(self, office: Office) -> Office:
        data, texts = self._said(14)
        data["owner"] = {"agency": self.world.national.agency_id, "unit": None}
        data["proposed"] = office.agency_id
        self._do(Action.RETURN, self._delay(30), self._admin(office), data, texts)
        return self.world.national

    def _answer(self, officer: LiaisonOfficer, hours: float) -> None:
        outcome = self.chance.choice(_OUTCOMES)
        on = (self.at + 60 * DAY).date().isoformat() if outcome == Outcome.SCHEDULED else None
        data, texts = self._said(self.chance.randint(25, 60))
        self._do(Action.ANSWER, self._delay(hours), officer, data | {"outcome": outcome.value, "outcome_on": on}, texts)

    def _close(self) -> None:
        if self.chance.random() < 0.2:
            data = {"rating": self.chance.randint(1, 5), "solved": self.chance.choice(list(Solved)).value}
            self._do(Action.CONFIRM_DONE, self._delay(48), Reporter(0), data)
        else:
            self._do(Action.AUTO_CLOSE, self._until(Clock.AUTO_CLOSE), System(), {})

    def _until(self, clock: Clock) -> timedelta:
        """Return how long it is until a little after a running clock is out."""
        due_at = [run.due_at for run in deadlines.compute(self.events) if run.clock == clock and run.is_running][-1]
        return due_at - self.at + timedelta(minutes=self.chance.randint(1, 5))

    def _do(
        self,
        action: Action,
        after: timedelta,
        actor: Actor,
        data: Mapping[str, Any],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        at = self.at + after
        if at > self.world.now:
            raise _OverError
        self.at = at
        owner = data.get("owner", {}).get("agency") or self.facts.owner_agency_id
        self._write(action, self.world.by_id[owner], actor, dict(data), texts or {})

    def _write(
        self, action: Action, office: Office, actor: Actor, data: dict[str, Any], texts: Mapping[str, str]
    ) -> None:
        """Append one event, exactly as the services do."""
        is_first = action == Action.SUBMIT
        row = SUBMITTED if is_first else rows(action, self.facts.status)[0]
        data |= rules(self.world, office, self.received_at)
        draft = chain.Draft(
            action=action,
            acted_at=self.at,
            recorded_at=self.at,
            from_status="" if is_first else self.facts.status.value,
            to_status=row.leads_from(self.facts.status, self.facts.previous_status).value,
            visibility=row.visibility,
            data=data,
            texts=texts,
        )
        previous = GENESIS if is_first else self.facts.head
        event, salts = chain.seal(self.number, draft, actor=actor, seq=self.facts.count + 1, previous=previous)
        self.events.append(event)
        self.facts.read(event)
        for name, text in texts.items():
            self.texts[event.seq, name], self.salts[event.seq, name] = text, salts[name]

    def _admin(self, office: Office) -> AgencyAdmin | NationalAdmin:
        kind = NationalAdmin if office is self.world.national else AgencyAdmin
        return kind(office.admin, office.agency_id)

    def _said(self, count: int) -> tuple[dict[str, Any], dict[str, str]]:
        """Return data and texts of words that were checked and hold nothing to hide."""
        return {"masked": {"text": []}}, {"text": self._words(count)}

    def _words(self, count: int) -> str:
        return self.world.words.some(self.chance, count)

    def _body(self) -> str:
        text = self._words(self.chance.randint(25, 110))
        return f"{text} Hubungi {self._phone()}." if self.chance.random() < 0.1 else text

    def _phone(self) -> str:
        return f"08{self.chance.randrange(10**10):010d}"

    def _category(self) -> str:
        """Return a category; the first ones are the most frequent."""
        place = int(len(self.world.categories) * self.chance.random() ** 3)
        return self.world.categories[place]

    def _who(self) -> None:
        name = self._words(2)[:-1].title()
        email = f"warga{self.chance.randrange(10**7)}@example.org" if self.chance.random() < 0.7 else ""
        person = Identity(name=name, email=email, phone="" if email else self._phone())
        self.sealed = vault.seal(self.number, person)

    def _delay(self, hours: float) -> timedelta:
        """Return a delay around so many hours, a few very long."""
        return self.chance.lognormvariate(0, 0.8) * hours * HOUR


_RULES: dict[tuple[int, int], Mapping[str, Any]] = {}


def rules(world: World, office: Office, received_at: datetime) -> Mapping[str, Any]:
    """Return policy, calendar and zone of an agency on a day; between two changes of policy all days are alike."""
    day = received_at.astimezone(ZoneInfo(office.timezone)).date()
    key = office.agency_id, bisect_right(world.changes, day)
    if key not in _RULES:
        _RULES[key] = rules_in_force(office.agency_id, office.timezone, received_at)
    return _RULES[key]


def stories(world: World, seed: int, first: int, count: int) -> Iterator[Story]:
    """Yield `count` told histories. Events are sealed with fresh salts, all else is the same for the same seed."""
    for index in range(first, first + count):
        chance = random.Random(f"{seed}:{index}")
        waits = index < world.waiting
        received_at = world.now - (1 + chance.random()) * DAY if waits else _received(chance, world)
        story = Story(world, chance, number(index), received_at, received_at, waits=waits)
        story.tell()
        yield story


def number(index: int) -> str:
    """Return a number for each index, no two alike and in no order, as random ones are in none."""
    scattered = (index * _ODD + _ODD) % 2**_BITS
    return references.make((scattered << 5).to_bytes(5))


def _received(chance: random.Random, world: World) -> datetime:
    """Return a moment of the past: more of them lately, by day more than by night."""
    now = world.now
    day = now - chance.triangular(0, world.days, 0) * DAY
    hour = chance.choices(range(24), _HOURS)[0]
    at = day.replace(hour=(hour - 7) % 24, minute=chance.randrange(60), second=chance.randrange(60))
    return min(at.replace(microsecond=chance.randrange(10**6)), now - HOUR).astimezone(UTC)
