"""Write the letter of an owed message: the words of its notice, with dates as people say them, in their language."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from tanggap.adapters.outbound.code_words import CLOCK, CLOSING, OUTCOME, STATUTORY
from tanggap.adapters.outbound.paragraphs import Words
from tanggap.adapters.outbound.words import LETTERS, SIGNATURE
from tanggap.domain.letters import Owed
from tanggap.domain.notices import Notice

TRACK = "/lacak"
DESK = "/meja"
# Where those read of it who have no desk.
_PLACES = {Notice.HANDED_OVER: "/pengawasan/penyerahan", Notice.REOPEN_DECIDED: "/pengawasan/laporan"}
CONFIRM = "/surel"
SYSTEM_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is ready to go: plain text, in one language, to one address."""

    address: str
    subject: str
    text: str
    message_id: str
    language: str


def write(owed: Owed) -> Letter:
    """Write the letter of an owed message; a paragraph that names what is not known is left out."""
    language = owed.language if owed.language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        words = LETTERS[owed.notice]
        values = _values(owed)
        paragraphs = _paragraphs(words, values)
        return Letter(
            address=owed.address,
            subject=_one_line(str(words.subject) % values),
            text="\n\n".join([*paragraphs, _signature()]) + "\n",
            message_id=message_id(owed.message_id),
            language=language,
        )


def message_id(pk: int) -> str:
    """Return the Message-ID of a message: the same each time it is sent, so a second copy is recognised.

    Keyed, because a plain number would tell everybody how many messages this installation sends.
    """
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{salted_hmac('tanggap.letters', str(pk), algorithm='sha256').hexdigest()[:32]}@{host}>"


class _Known(dict[str, str]):
    """Values of a paragraph that remembers whether one was asked for that is not known."""

    is_whole = True

    def __missing__(self, key: str) -> str:
        self.is_whole = False
        return ""


def _paragraphs(words: Words, values: dict[str, str]) -> list[str]:
    found = []
    for paragraph in words.paragraphs:
        known = _Known(values)
        text = str(paragraph) % known
        if known.is_whole:
            found.append(text)
    return found


def _values(owed: Owed) -> dict[str, str]:
    """Return what the words may name, only what is known; the outcome and the closing are whole sentences."""
    values = {
        "number": owed.number,
        "office": owed.office,
        "agency": owed.agency,
        "due": _day(owed.due_at, owed.zone),
        "clock": str(CLOCK[owed.clock]) if owed.clock else "",
        "statutory": str(STATUTORY[owed.clock]) if owed.clock in STATUTORY else "",
        "object_until": _day(owed.object_until, owed.zone),
        "site": settings.SITE_NAME,
        "track": _link(TRACK),
        "report": _link(f"{_PLACES.get(owed.notice, DESK)}/{owed.number}") if owed.number else "",
        "desk": _link(DESK),
        "confirm": _link(f"{CONFIRM}/{owed.confirmation}") if owed.confirmation else "",
        "closing": str(CLOSING[owed.closing]) % {"office": owed.office} if owed.closing else "",
        "outcome": str(OUTCOME[owed.outcome]) % {"on": _day(owed.outcome_on, owed.zone)} if owed.outcome else "",
    }
    if owed.others:
        values |= {"count": str(len(owed.others)), "others": "\n".join(_link(f"{DESK}/{one}") for one in owed.others)}
    if owed.figures is not None:
        values |= {
            "owed": str(owed.figures.owed),
            "overdue": str(owed.figures.overdue),
            "due_today": str(owed.figures.due_today),
            "escalated": str(owed.figures.escalated or ""),  # nothing came up: the paragraph is left out
            "nudged": str(owed.figures.nudged or ""),
            "asked": str(owed.figures.asked or ""),
            "assessed": str(owed.figures.assessed or ""),
            "recommended": str(owed.figures.recommended or ""),
            "recurring": str(owed.figures.recurring or ""),
        }
    return {name: value for name, value in values.items() if value}


def _day(value: datetime | date | None, zone: str) -> str:
    """Return 'Selasa, 21 Juli 2026' or 'Tuesday, 21 July 2026', where the agency is."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return date_format(value, "l, j F Y")


def _link(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _signature() -> str:
    return str(SIGNATURE) % {"site": settings.SITE_NAME}


def _one_line(text: str) -> str:
    """Keep a name with a line break from becoming a header of its own."""
    return " ".join(text.split())
