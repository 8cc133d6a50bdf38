"""What a citizen hands in: classifications, channels, urgency and the bounds of each field (D4.1, D4.2).

UU 25/2009 Ps 37(2) asks for a priority, Ps 43 for the wanted solution and the loss.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tanggap.domain.attachments import MOST_FILES


class Classification(StrEnum):
    """What kind of report it is; the time limit follows from it."""

    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"
    INFORMATION_REQUEST = "information_request"


class ReportChannel(StrEnum):
    """By which way a report came in."""

    WEB = "web"
    ANDROID = "android"
    IOS = "ios"
    SMS = "sms"
    X = "x"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    WALK_IN = "walk_in"
    AGENCY_APP = "agency_app"


# What reaches an office outside this site, and is typed in there (D5.4).
COUNTER_CHANNELS = (
    ReportChannel.WALK_IN,
    ReportChannel.PHONE,
    ReportChannel.LETTER,
    ReportChannel.EMAIL,
    ReportChannel.SMS,
    ReportChannel.WHATSAPP,
    ReportChannel.X,
)


class Urgency(StrEnum):
    """Why a report goes before others (UU 25/2009 Ps 37(2): priority of settlement)."""

    NONE = ""
    LIFE = "life"
    CHILD = "child"
    DISABILITY = "disability"
    DISASTER = "disaster"


TITLE_LENGTH = (10, 150)
BODY_LENGTH = (30, 5000)
TEXT_LENGTH = (10, 5000)
LOCATION_MOST = 300
# No office of the Republic answers for what was before it; such a year is a slip of the pen.
EARLIEST_EVENT = date(1945, 1, 1)
# Nothing says how long an office had before the first policy (`data/policies.csv`).
EARLIEST_RECEIPT = date(2018, 12, 1)
EXTRA_MOST = 2000


class Fault(StrEnum):
    """What is wrong with one field."""

    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FUTURE = "future"
    LONG_AGO = "long_ago"
    UNKNOWN = "unknown"
    NOT_BELOW = "not_below"
    TOO_MANY = "too_many"
    CONTACT = "contact"
    NOT_LATER = "not_later"
    TAKEN = "taken"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"
    RECEIVED_LATER = "received_later"
    RECEIVED_EARLY = "received_early"
    PROMISE_PAST = "promise_past"
    PROMISE_FAR = "promise_far"
    AFTER_RECEIPT = "after_receipt"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the reporter is. It goes into the vault and nowhere else."""

    name: str = ""
    email: str = ""
    phone: str = ""
    nik: str = ""
    address: str = ""
    language: str = "id"
    proxy: str = ""  # who files for the reporter, with a power of attorney (UU 25/2009 Ps 42)

    def is_empty(self) -> bool:
        """Say whether nothing at all was told."""
        return not (self.name or self.email or self.phone or self.nik or self.address or self.proxy)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that a door has put safely on disk, and that the service takes over with the report."""

    key: str
    sha256: str
    size: int
    media_type: str
    kind: str
    name: str
    is_publishable: bool = False  # the reporter ticked it, and it is an image


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """A report as it comes through any door, before it has a number."""

    classification: Classification
    title: str
    body: str
    channel: ReportChannel = ReportChannel.WEB
    event_date: date | None = None
    area_code: str | None = None
    location: str = ""
    destination_id: int | None = None
    category_code: str | None = None
    is_anonymous: bool = False
    is_confidential: bool = False
    urgency: Urgency = Urgency.NONE
    solution: str = ""
    loss: str = ""
    language: str = "id"
    identity: Identity = Identity()
    files: tuple[StagedFile, ...] = ()
    received_at: datetime | None = None  # when it reached the office, if that was before it was typed in
    received_on: date | None = None  # the same as a day where the office knows no hour; the clocks count from it


def clean(text: str) -> str:
    """Return text as it is stored: NUL taken out (PostgreSQL holds none), line ends and outer space tidied."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def faults(report: IncomingReport, *, today: date) -> Iterator[tuple[str, Fault]]:
    """Yield each field that cannot be taken, with what is wrong; `today` is the date at the reporter's place."""
    for field, bounds in (("title", TITLE_LENGTH), ("body", BODY_LENGTH)):
        length = len(clean(getattr(report, field)))
        if not length:
            yield field, Fault.MISSING
        elif length < bounds[0]:
            yield field, Fault.TOO_SHORT
        elif length > bounds[1]:
            yield field, Fault.TOO_LONG
    yield from _place_and_time(report, today=today)
    for field, most in (("location", LOCATION_MOST), ("solution", EXTRA_MOST), ("loss", EXTRA_MOST)):
        if len(clean(getattr(report, field))) > most:
            yield field, Fault.TOO_LONG
    yield from _who(report)
    if len(report.files) > MOST_FILES:
        yield "files", Fault.TOO_MANY


def _place_and_time(report: IncomingReport, *, today: date) -> Iterator[tuple[str, Fault]]:
    is_complaint = report.classification == Classification.COMPLAINT
    if report.received_on is not None and report.received_on > today:
        yield "received_on", Fault.RECEIVED_LATER
    if report.received_on is not None and report.received_on < EARLIEST_RECEIPT:
        yield "received_on", Fault.RECEIVED_EARLY
    if report.event_date is not None:
        yield from _event(report.event_date, received_on=report.received_on or today, today=today)
    elif is_complaint:
        yield "event_date", Fault.MISSING
    if is_complaint and not report.area_code:
        yield "area_code", Fault.MISSING


def _event(on: date, *, received_on: date, today: date) -> Iterator[tuple[str, Fault]]:
    if on > today:
        yield "event_date", Fault.FUTURE
    elif on > received_on:
        yield "event_date", Fault.AFTER_RECEIPT
    elif on < EARLIEST_EVENT:
        yield "event_date", Fault.LONG_AGO


def _who(report: IncomingReport) -> Iterator[tuple[str, Fault]]:
    if report.is_anonymous:
        return
    if not clean(report.identity.name):
        yield "name", Fault.MISSING
    # A letter has an address; a form on this site asks for what can be answered to at once.
    if not (report.identity.email or report.identity.phone or clean(report.identity.address)):
        yield "email", Fault.CONTACT
