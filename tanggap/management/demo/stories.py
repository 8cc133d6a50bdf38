"""What is going to happen to each report: drawn from the seed alone, before anything is played."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from random import Random
from typing import Final

from tanggap.domain import references
from tanggap.domain.intake import Classification, ReportChannel
from tanggap.domain.outcomes import ArchiveReason
from tanggap.management.demo import profile, scenes
from tanggap.management.demo.corpus import PROVINCE, REGENCY, Desk, Topic
from tanggap.management.demo.corpus_topics import TOPICS
from tanggap.management.demo.offices import NATIONAL
from tanggap.management.demo.offices import PROVINCE as PROVINCE_AGENCY
from tanggap.management.demo.places import REGENCIES, Place, Places
from tanggap.management.demo.scenes import Part, Scene


class Road(StrEnum):
    """Which way a report goes in the end."""

    ANSWERED = "answered"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # data were asked for, and none came


class Sent(StrEnum):
    """Where the reporter sent it."""

    RIGHT = "right"
    WRONG = "wrong"
    NOWHERE = "nowhere"  # 'I do not know': the national queue


@dataclass(frozen=True, slots=True)
class Plan:
    """One report: who, what, where, and which way it goes. `rng` draws what is decided on the way."""

    index: int
    number: str
    rng: Random
    at: datetime
    topic: Topic
    desk: Desk
    place: Place
    agency: str  # slug of the agency that will handle it
    channel: ReportChannel
    sent: Sent
    road: Road
    is_anonymous: bool
    is_confidential: bool
    asks_data: bool
    tells_too_much: bool
    archive_reason: ArchiveReason
    stops_at: str = ""  # a step after which nobody does anything any more: work that lies about
    scene: Scene | None = None  # what is played beside the main road


# Who helps the office that has a report, and who gets the part of it that is about waste.
HELPERS: Final = ("dishub", "dlhk", "diskominfo")
WASTE_UNIT: Final = "dlh"
_WRONG_SHARE, _NOWHERE_SHARE = 12, 12
_REASONS: Final = (
    (ArchiveReason.NOT_GOVERNMENT, 24),
    (ArchiveReason.OUT_OF_SCOPE_OTHER_CHANNEL, 18),
    (ArchiveReason.UNCLEAR, 16),
    (ArchiveReason.HOAX_SPAM, 14),
    (ArchiveReason.OUT_OF_SCOPE_LEGAL, 10),
    (ArchiveReason.ALREADY_ANSWERED, 8),
    (ArchiveReason.TOO_GENERAL, 6),
    (ArchiveReason.UNDER_OMBUDSMAN, 3),
    (ArchiveReason.TEST, 1),
)
_NEEDS_DATA: Final = frozenset({ArchiveReason.UNCLEAR, ArchiveReason.TOO_GENERAL})


def plans(*, count: int, seed: int, end: datetime, places: Places) -> list[Plan]:
    """Return `count` plans in the order in which the reports are handed in; the same seed gives the same ones."""
    rng = Random(f"moments:{seed}")
    cast = scenes.cast(count)
    times: list[tuple[datetime, Part | None]] = [(at, None) for at in profile.moments(rng, count - len(cast), end=end)]
    times += [(_within(rng, part.days, end), part) for part in cast]
    times.sort(key=lambda entry: entry[0])
    numbers = [references.make(entropy) for entropy in islice(profile.seeded(seed, count), count)]
    made = []
    for index, (at, part) in enumerate(times):
        own = Random(f"report:{seed}:{index}")
        plan = _plan(own, index, numbers[index], at, part, places)
        made.append(plan if part is None else _cast(plan, part))
    return made


def asked(plan: Plan) -> str:
    """Return the slug of the agency that the reporter sends the report to."""
    match plan.sent:
        case Sent.NOWHERE:
            return NATIONAL
        case Sent.RIGHT:
            return plan.agency
        case Sent.WRONG:
            others = [PROVINCE_AGENCY, plan.place.agency, *(slug for slug, _ in REGENCIES.values())]
            return next(slug for slug in others if slug != plan.agency)


def mistaken(unit: str) -> str:
    """Return the unit that gets by mistake what another should have."""
    return "dishub" if unit != "dishub" else "dinsos"


def desks(plans: Iterable[Plan]) -> set[tuple[str, str]]:
    """Return the desks that may act on the reports: agency and unit, '' for its admins."""
    found = {(NATIONAL, "")}
    for plan in plans:
        found |= {(plan.agency, ""), (asked(plan), ""), (plan.agency, plan.desk.unit)}
        if plan.desk.unit:
            found.add((plan.agency, mistaken(plan.desk.unit)))
        if plan.scene:
            found |= {(PROVINCE_AGENCY, unit) for unit in HELPERS}
            found |= {(plan.place.agency, ""), (plan.place.agency, WASTE_UNIT)}
    return found


def _within(rng: Random, days: tuple[int, int], end: datetime) -> datetime:
    first, last = days
    return end - timedelta(days=last) + (last - first) * timedelta(days=1) * rng.random() + timedelta(minutes=1)


def _plan(rng: Random, index: int, number: str, at: datetime, part: Part | None, places: Places) -> Plan:
    topic, desk = _topic(rng, part)
    place = places.choose(rng, agency=part.agency if part and part.agency.startswith(("kab", "kota")) else "")
    agency = {PROVINCE: PROVINCE_AGENCY, REGENCY: place.agency}.get(desk.level, desk.level)
    road = _road(rng)
    reason = profile.choose(rng, _REASONS)
    if topic.is_supervisory and road == Road.ARCHIVED:
        road = Road.ANSWERED
    confidential = 62 if topic.is_supervisory else 8
    return Plan(
        index=index,
        number=number,
        rng=rng,
        at=at,
        topic=topic,
        desk=desk,
        place=place,
        agency=agency,
        channel=ReportChannel(profile.choose(rng, profile.CHANNELS)),
        sent=_sent(rng, desk),
        road=road,
        is_anonymous=rng.random() * 100 < (60 if topic.is_supervisory else 22),
        is_confidential=rng.random() * 100 < confidential,
        asks_data=rng.random() < 0.055 or road == Road.LAPSED or (road == Road.ARCHIVED and reason in _NEEDS_DATA),
        tells_too_much=rng.random() < 0.12,
        archive_reason=reason,
    )


def _topic(rng: Random, part: Part | None) -> tuple[Topic, Desk]:
    """Draw a topic of a classification, and the desk that handles it; a part of the cast narrows both."""
    wanted = None if part is None else _level_of(part.agency)
    kind = part.classification if part is not None else None
    if kind is None:
        kind = Classification(profile.choose(rng, profile.CLASSIFICATIONS))
    pairs = [
        ((topic, desk), topic.weight * desk.weight)
        for topic in TOPICS
        for desk in topic.desks
        if topic.classification == kind
        and (wanted is None or desk.level == wanted)
        and (part is None or not part.unit or desk.unit == part.unit)
    ]
    if part is None:
        # Topics first, their desks second: a topic with many desks is not reported more often.
        topic = profile.choose(rng, _by_weight(kind))
        return topic, profile.choose(rng, [(desk, desk.weight) for desk in topic.desks])
    chosen: tuple[Topic, Desk] = profile.choose(rng, pairs)
    return chosen


def _level_of(agency: str) -> str | None:
    """Return the level at which an agency handles reports; the national queue takes those of any."""
    if agency == NATIONAL:
        return None
    return PROVINCE if agency == PROVINCE_AGENCY else REGENCY


def _by_weight(kind: Classification) -> Sequence[tuple[Topic, float]]:
    return [(topic, topic.weight) for topic in TOPICS if topic.classification == kind]


def _road(rng: Random) -> Road:
    return profile.choose(rng, ((Road.ANSWERED, 85), (Road.ARCHIVED, 10), (Road.WITHDRAWN, 2.5), (Road.LAPSED, 2.5)))


def _sent(rng: Random, desk: Desk) -> Sent:
    """Most people know whom to ask; for ministries most do not."""
    nowhere = 60 if desk.level not in {PROVINCE, REGENCY} else _NOWHERE_SHARE
    share = rng.random() * 100
    if share < _WRONG_SHARE:
        return Sent.WRONG
    return Sent.NOWHERE if share < _WRONG_SHARE + nowhere else Sent.RIGHT


def _cast(plan: Plan, part: Part) -> Plan:
    """Let a plan play its part: the right road, up to the step where it lies about."""
    sent = Sent.NOWHERE if part.agency == NATIONAL else Sent.RIGHT
    road = Road.ANSWERED
    reason = plan.archive_reason
    if part.stops_at in {"proposed", "appealed"}:
        road, reason = Road.ARCHIVED, ArchiveReason.HOAX_SPAM
    if part.stops_at == "appealed":
        reason = ArchiveReason.NOT_GOVERNMENT
    if part.stops_at == "returned" and part.agency == NATIONAL:
        sent = Sent.WRONG
    return replace(
        plan,
        sent=sent,
        road=road,
        stops_at=part.stops_at,
        scene=part.scene,
        archive_reason=reason,
        asks_data=part.stops_at == "pending",
        is_anonymous=_is_anonymous(plan, part.scene),
        is_confidential=plan.is_confidential and plan.topic.is_supervisory and part.scene is None,
    )


def _is_anonymous(plan: Plan, scene: Scene | None) -> bool:
    """Say whether the reporter stays anonymous: a formal request has a name (UU 14/2008 Ps 22 (2))."""
    if scene is None or scene in {Scene.SUPPORTED, Scene.DIVIDED, Scene.TOGETHER}:
        return plan.is_anonymous
    return scene in {Scene.WRITTEN_TO, Scene.IDENTITY_ASKED}
