"""What people write: how a topic is described, and how whole texts are put together from its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from tanggap.domain.intake import BODY_LENGTH, TITLE_LENGTH, Classification, Urgency
from tanggap.domain.outcomes import Outcome
from tanggap.management.demo import corpus_phrases as phrases
from tanggap.management.demo.places import Place
from tanggap.management.demo.profile import ZONE

PROVINCE: Final = "province"
REGENCY: Final = "regency"
_LONG: Final = 700  # characters, from which on people make paragraphs
_MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Who handles a topic: a level of government, or the slug of an agency, with the unit, and how often."""

    level: str
    unit: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Topic:
    """What one kind of report says, and what offices answer. Words in braces are filled in."""

    key: str
    category: str
    weight: int
    desks: tuple[Desk, ...]
    titles: tuple[str, ...]
    openings: tuple[str, ...]
    details: tuple[str, ...]
    asks: tuple[str, ...]
    steps: tuple[str, ...]
    answers: Mapping[Outcome, tuple[str, ...]]
    questions: tuple[str, ...] = ()
    scene: str = "loket"
    classification: Classification = Classification.COMPLAINT
    is_supervisory: bool = False
    named: str = ""  # the unit of the province that the report is about
    urgency: Urgency = Urgency.NONE
    tongues: tuple[tuple[str, str, str], ...] = ()  # (language, title, body) in English or a mixed tongue


@dataclass(slots=True)
class Facts:
    """What the braces of one report's texts stand for; the same in all of them."""

    values: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)  # follow-ups that were given already
    thread: int = 0  # which of a topic's matters it is about: title, opening and information go together

    def fill(self, text: str, **more: str) -> str:
        """Return a text with its braces filled in, a capital at its start."""
        made = text.format_map(self.values | more)
        return made[:1].upper() + made[1:]


def day_in_words(day: date) -> str:
    """Return a day as a letter writes it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def facts_for(rng: Random, place: Place, *, at: datetime) -> Facts:
    """Draw street, landmark, numbers and dates of one report."""
    begun = at.astimezone(ZONE).date() - timedelta(days=rng.randrange(6, 90))
    return Facts(
        {
            "desa": place.village,
            "kec": place.district,
            "kab": place.regency,
            "jalan": place.street(rng),
            "patokan": rng.choice(phrases.LANDMARKS),
            "n": str(rng.randrange(2, 10)),
            "n2": str(rng.randrange(11, 60)),
            "m": str(rng.randrange(2, 31) * 10),
            "minggu": rng.choice(("dua", "tiga", "empat", "lima", "enam")),
            "bulan": rng.choice(("satu", "dua", "tiga", "empat", "lima", "enam", "delapan")),
            "jam": f"{rng.randrange(6, 22):02d}.{rng.choice(('00', '15', '30', '45'))}",
            "siang": f"{rng.randrange(10, 15)}.{rng.choice(('00', '30'))}",
            "hari": rng.choice(("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")),
            "rp": f"Rp{rng.choice((20, 25, 50, 75, 100, 150, 200, 250, 300, 500, 750))}.000",
            "tgl": day_in_words(begun),
            "sekolah": f"{rng.choice(('SMAN', 'SMKN'))} Contoh {rng.randrange(1, 9)}",
            "sd": f"{rng.choice(('SDN', 'SMPN'))} Contoh {rng.randrange(1, 9)}",
            "pabrik": rng.choice(("PT Contoh Makmur", "PT Umpama Tekstil", "CV Misal Jaya", "PT Andaikan Plastik")),
            "rt": f"{rng.randrange(1, 9):02d}",
        }
    )


def title(rng: Random, topic: Topic, facts: Facts) -> str:
    """Choose what of the topic it is about, and return a title within the bounds of the form."""
    facts.thread = rng.randrange(len(topic.titles))
    return facts.fill(topic.titles[facts.thread])[: TITLE_LENGTH[1]]


def body(rng: Random, topic: Topic, facts: Facts, *, length: int, extra: str = "") -> str:
    """Return a text of about `length` characters: opening, details, what happened before, and a request."""
    least, most = BODY_LENGTH
    opening = _opening(topic, facts)
    if length < 110:
        short = opening if len(opening) <= length + 40 else f"{facts.fill(topic.titles[facts.thread])}."
        made = f"{short} {rng.choice(phrases.SHORT_ENDS)}"
    else:
        made = _assemble(rng, topic, facts, opening, length)
    made = f"{made} {extra}".strip()
    if len(made) < least:
        made = f"{made} {facts.fill('Lokasi di {desa}, {kec}.')}"
    return made[:most]


def _opening(topic: Topic, facts: Facts) -> str:
    """Return the opening of the matter; one without words of its own is told by its title."""
    if facts.thread < len(topic.openings):
        return facts.fill(topic.openings[facts.thread])
    return f"{facts.fill(topic.titles[facts.thread])}."


def _assemble(rng: Random, topic: Topic, facts: Facts, opening: str, length: int) -> str:
    greeting = rng.choice(phrases.GREETINGS) if rng.random() < 0.45 else ""
    ask = facts.fill(rng.choice(topic.asks))
    thanks = rng.choice(phrases.THANKS) if rng.random() < 0.5 else ""
    middle: list[str] = []
    size = len(greeting) + len(opening) + len(ask) + len(thanks)
    for sentence in _pool(rng, topic):
        if size >= length - 30:
            break
        middle.append(facts.fill(sentence))
        size += len(middle[-1]) + 1
    first, last = [opening, *middle], [ask, thanks]
    if length > _LONG and len(middle) > 4:
        half = len(first) // 2
        first[half] = f"\n\n{first[half]}"
    text = " ".join(part for part in (greeting, *first, *last) if part)
    return text.replace(" \n", "\n")


def _pool(rng: Random, topic: Topic) -> list[str]:
    """Return what may stand in the middle, in the order in which people tell it."""
    details = rng.sample(topic.details, len(topic.details))
    if topic.classification != Classification.COMPLAINT:
        return [*details, *rng.sample(phrases.CALM, len(phrases.CALM))]
    before = rng.sample(phrases.BEFORE, len(phrases.BEFORE))
    effects = rng.sample(phrases.EFFECTS, len(phrases.EFFECTS))
    return [*details[:2], before.pop(), *details[2:], effects.pop(), *_mixed(before, effects)]


def _mixed(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Return the sentences of both in turn, and what is left of the longer one."""
    pairs = [sentence for pair in zip(left, right, strict=False) for sentence in pair]
    rest = max(left, right, key=len)
    return [*pairs, *rest[min(len(left), len(right)) :]]


def answer(rng: Random, topic: Topic, facts: Facts, outcome: Outcome, *, at: datetime, promised: date | None) -> str:
    """Return an officer's answer for an outcome: what was found, what was done, with dates and numbers."""
    own = topic.answers.get(outcome, ())
    if own and topic.classification == Classification.INFORMATION_REQUEST and len(own) == len(topic.titles):
        core = own[facts.thread]
    else:
        core = rng.choice(own or phrases.ANSWERS[outcome])
    more = _office_words(rng, at=at, promised=promised)
    opening = rng.choice(phrases.ANSWER_OPENINGS)
    closing = rng.choice(phrases.ANSWER_CLOSINGS) if rng.random() < 0.7 else ""
    return " ".join(part for part in (opening, facts.fill(core, **more), closing) if part)


def second_answer(rng: Random, facts: Facts, outcome: Outcome, *, at: datetime, promised: date | None) -> str:
    """Return what an officer answers to somebody who was not content with an answer."""
    core = rng.choice(phrases.SECOND_ANSWERS[outcome])
    return facts.fill(core, **_office_words(rng, at=at, promised=promised))


def step(rng: Random, topic: Topic, facts: Facts, *, at: datetime) -> str:
    """Return a follow-up: what the office is doing, which is no answer yet."""
    usual = phrases.STEPS if topic.scene == "loket" else (*phrases.STEPS, *phrases.STEPS_OUTSIDE)
    choices = [core for core in (*topic.steps, *topic.steps, *usual) if core not in facts.told]
    core = rng.choice(choices or usual)
    facts.told.add(core)
    return facts.fill(core, **_office_words(rng, at=at, promised=None))


def question(rng: Random, topic: Topic, facts: Facts) -> str:
    """Return what an office asks the reporter."""
    core = rng.choice(topic.questions or phrases.QUESTIONS)
    return f"{facts.fill(core)} {rng.choice(phrases.QUESTION_ENDS)}"


def _office_words(rng: Random, *, at: datetime, promised: date | None) -> dict[str, str]:
    today = at.astimezone(ZONE).date()
    past = today - timedelta(days=rng.randrange(1, 4))
    future = promised or today + timedelta(days=rng.randrange(10, 45))
    return {
        "lalu": day_in_words(past),
        "nanti": day_in_words(future),
        "surat": f"{rng.randrange(100, 900)}/{rng.randrange(10, 990)}/CONTOH/{today.year}",
        "tahun": str(today.year + 1),
    }
