"""Makers walk the real road: a report gets to a status by the services, with nothing random.

The clock of the tests stands at NOW, Wednesday 1 July 2020, 10.00 WIB, unless a test moves it.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

from django.conf import settings

from tanggap.adapters.scanning import staging
from tanggap.domain.actors import (
    ADMINS,
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
)
from tanggap.domain.intake import Classification, Identity, IncomingReport
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move, SplitPart
from tanggap.domain.outcomes import ArchiveReason, Outcome
from tanggap.models import Agency, Appointment, Area, Category, Report, Unit, User
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import organisation
from tanggap.services import accounts, parts, reports, submissions

NOW = datetime(2020, 7, 1, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_serial = count(1)
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the key of every admin's authenticator app

PERSON = Identity(name="Siti Contoh", email="siti@example.org", phone="081234567890", language="id")
BODY = "Jalan di depan pasar berlubang dalam, sudah dua motor jatuh minggu ini."


def user(username: str = "", **values: object) -> User:
    """Return an account without a usable password."""
    name = username or f"petugas{next(_serial)}"
    values = {"display_name": name.title(), "email": f"{name}@example.org", "created_at": NOW, **values}
    return User.objects.create(username=name, password="!", **values)


def agency(slug: str = "pemprov-banten") -> Agency:
    """Return an agency of the reference data."""
    return Agency.objects.get(slug=slug)


def unit(slug: str = "dpupr", agency_slug: str = "pemprov-banten") -> Unit:
    """Return a unit of the reference data."""
    return Unit.objects.get(agency__slug=agency_slug, slug=slug)


def category() -> str:
    """Return the code of a category in use."""
    code: str = (
        Category.objects.filter(active_to=None, parent__isnull=False).order_by("code").values_list("pk", flat=True)[0]
    )
    return code


def village() -> str:
    """Return the code of a village of Banten."""
    code: str = (
        Area.objects.filter(level="village", code__startswith="36.01.").order_by("code").values_list("pk", flat=True)[0]
    )
    return code


def _appoint(role: str, agency_: Agency, unit_: Unit | None = None) -> int:
    account = user()
    Appointment.objects.create(user=account, role=role, agency=agency_, unit=unit_, valid_from=date(2018, 1, 1))
    if role in ADMINS:  # an admin does nothing without a second factor
        accounts.give_factor(actor=System(), user_id=account.pk, secret=FACTOR)
    return account.pk


def national_admin() -> NationalAdmin:
    """Return a new national admin."""
    home = agency("admin-nasional")
    return NationalAdmin(_appoint("national_admin", home), home.pk)


def agency_admin(slug: str = "pemprov-banten") -> AgencyAdmin:
    """Return a new admin of an agency."""
    found = account_selectors.officer_of(_appoint("agency_admin", agency(slug)), NOW.date())
    assert isinstance(found, AgencyAdmin)
    return found


def liaison(slug: str = "dpupr", agency_slug: str = "pemprov-banten") -> LiaisonOfficer:
    """Return a new liaison officer of a unit."""
    desk = unit(slug, agency_slug)
    return LiaisonOfficer(_appoint("liaison_officer", desk.agency, desk), desk.agency_id, desk.pk)


def auditor(slug: str = "inspektorat") -> InternalAuditor:
    """Return a new officer of the inspectorate."""
    desk = unit(slug)
    return InternalAuditor(_appoint("internal_auditor", desk.agency, desk), desk.agency_id, desk.pk)


def unit_admin(slug: str = "dpupr", agency_slug: str = "pemprov-banten") -> UnitAdmin:
    """Return a new operator of a unit."""
    desk = unit(slug, agency_slug)
    return UnitAdmin(_appoint("unit_admin", desk.agency, desk), desk.agency_id, desk.pk)


def head(slug: str = "", agency_slug: str = "pemprov-banten") -> Head:
    """Return a new head: of a unit, or of the agency where none is named."""
    home, led = agency(agency_slug), unit(slug, agency_slug) if slug else None
    return Head(_appoint("head", home, led), home.pk, led.pk if led else None)


def regional_overseer(slug: str = "pemprov-banten") -> RegionalOverseer:
    """Return a new overseer of a province, over the agencies of its edges."""
    home = agency(slug)
    return RegionalOverseer(_appoint("regional_overseer", home), home.pk, organisation.overseen_by(home.pk, NOW.date()))


def evaluator(slug: str = "admin-nasional") -> Evaluator:
    """Return a new evaluator of the agencies that an agency oversees."""
    home = agency(slug)
    return Evaluator(_appoint("evaluator", home), home.pk, organisation.overseen_by(home.pk, NOW.date()))


def overseer() -> Overseer:
    """Return a new overseer of all agencies."""
    home = agency("kemensetneg")
    return Overseer(_appoint("overseer", home), home.pk)


def ombudsman() -> Ombudsman:
    """Return a new officer of the Ombudsman."""
    home = agency("ori")
    return Ombudsman(_appoint("ombudsman", home), home.pk)


def incoming(**values: object) -> IncomingReport:
    """Return a complete complaint to the province; name what differs."""
    made = IncomingReport(
        classification=Classification.COMPLAINT,
        title="Jalan rusak di depan pasar",
        body=BODY,
        event_date=date(2020, 6, 30),
        area_code=village(),
        location="Depan Pasar Badak",
        destination_id=agency().pk,
        identity=PERSON,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def submit(*, now: datetime = NOW, **values: object) -> Report:
    """Hand a report in and return its row."""
    receipt = submissions.submit(incoming(**values), now=now)
    return Report.objects.get(pk=receipt.report_id)


def verified(**values: object) -> Move:
    """Return a complete verification to DPUPR; name what differs."""
    move = Move(
        text="Mohon ditindaklanjuti.",
        title="Jalan rusak di depan pasar",
        category_code=category(),
        classification=Classification.COMPLAINT,
        supervisory=False,
        unit_id=unit().pk,
        masked={"title": (), "body": (), "location": ()},
        checks_answered=True,
    )
    return replace(move, **values)  # type: ignore[arg-type]


def declined(to: str = "kab-lebak") -> Move:
    """Return the words of an agency that is not responsible, and whose it is."""
    return replace(SAYING, text="Jalan ini bukan jalan kami.", suggested_agency_id=agency(to).pk)


SAYING = Move(
    text="Kami menjadwalkan perbaikan dan mengabarkan hasilnya di sini.", masked={"text": ()}, checks_answered=True
)
ANSWER = replace(SAYING, outcome=Outcome.EXPLAINED)
MEMO = replace(ANSWER, addressee="Diskominfo SP", subject="Jawaban atas laporan")
REPLY = Move(text="Lubangnya masih ada, tolong diperiksa lagi.")

_UNIT = Action.ACCEPT_ASSIGNMENT, Action.RETURN_TO_ADMIN, Action.FOLLOW_UP, Action.ANSWER, Action.ASSIGN_TO_UNIT
_SELF = (
    Action.SUPPLY_DATA,
    Action.REPORTER_REPLY,
    Action.CONFIRM_DONE,
    Action.REOPEN,
    Action.APPEAL,
    Action.ADD_INFORMATION,
    Action.RATE,
    Action.WITHDRAW,
)
_SYSTEM = Action.AUTO_CLOSE, Action.DATA_DEADLINE_PASSED

MOVES: dict[Action, Move] = {
    Action.RETURN_TO_ADMIN: SAYING,
    Action.REQUEST_DATA: replace(SAYING, text="Mohon sebutkan nama jalan dan patokannya."),
    Action.SUPPLY_DATA: REPLY,
    Action.FOLLOW_UP: SAYING,
    Action.SPLIT: replace(SAYING, text="Dua masalah untuk dua instansi."),
    Action.ANSWER: ANSWER,
    Action.SUBMIT_MEMO: MEMO,
    Action.REPORTER_REPLY: REPLY,
    Action.CLOSE_MANUAL: ANSWER,
    Action.REOPEN: REPLY,
    Action.ARCHIVE: Move(text="Di luar kewenangan pemerintah daerah.", archive_reason=ArchiveReason.NOT_GOVERNMENT),
    Action.APPEAL: REPLY,
    Action.ADD_INFORMATION: REPLY,
}

# How to get from a fresh report to each status.
ROADS: dict[Status, tuple[Action, ...]] = {
    Status.UNVERIFIED: (),
    Status.ASSIGNED: (Action.VERIFY_AND_ASSIGN,),
    Status.IN_PROGRESS: (Action.VERIFY_AND_ASSIGN, Action.FOLLOW_UP),
    Status.ANSWERED: (Action.VERIFY_AND_ASSIGN, Action.ANSWER),
    Status.PENDING: (Action.REQUEST_DATA,),
    Status.SPLIT: (Action.SPLIT,),
    Status.CLOSED: (Action.VERIFY_AND_ASSIGN, Action.ANSWER, Action.CONFIRM_DONE),
    Status.ARCHIVED: (Action.ARCHIVE,),
    Status.WITHDRAWN: (Action.WITHDRAW,),
}


def act(report: Report, action: Action, *, now: datetime = NOW, actor: object = None, **values: object) -> Report:
    """Do one action to a report as whoever usually does it, with a usual move; name what differs."""
    move = verified() if action in {Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF} else MOVES.get(action, Move())
    if action == Action.RETURN:
        move = declined()
    if action == Action.ANSWER:
        move = replace(move, text=f"{move.text} Catatan: {_word(next(_serial))}.")
    who, said = actor or usual_actor(report, action), replace(move, **values)  # type: ignore[arg-type]
    if action == Action.SPLIT:
        said = replace(said, parts=said.parts or halves())
        link = partial(staging.link, root=settings.ATTACHMENTS_DIR)
        return parts.split(actor=who, number=report.number, move=said, link=link, now=now)  # type: ignore[arg-type]
    return reports.act(actor=who, number=report.number, action=action, move=said, now=now)  # type: ignore[arg-type]


def halves(first: str = "pemprov-banten", second: str = "kab-lebak") -> tuple[SplitPart, SplitPart]:
    """Return the two parts that a report is usually divided into."""
    return (
        SplitPart("Jalan rusak di depan pasar", agency(first).pk),
        SplitPart("Sampah di selokan pasar", agency(second).pk),
    )


def _word(number: int) -> str:
    """Return a word of its own for each number: answers of the same words are held for a second look."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "ng"


def usual_actor(report: Report, action: Action) -> object:
    """Return who usually does an action to a report."""
    if action in _SELF:
        return Reporter(report.pk)
    if action in _SYSTEM:
        return System()
    fresh = Report.objects.get(pk=report.pk)
    home = fresh.owner_agency.slug
    if action in _UNIT and fresh.owner_unit is not None:
        return liaison(fresh.owner_unit.slug, home)
    return national_admin() if home == "admin-nasional" else agency_admin(home)


def report(*, status: Status = Status.UNVERIFIED, now: datetime = NOW, **values: object) -> Report:
    """Return a report that walked to a status by the services, each step at `now`."""
    made = submit(now=now, **values)
    for action in ROADS[status]:
        made = act(made, action, now=now)
    return made


def agreed(report: Report, asker: object, *, now: datetime = NOW) -> Report:
    """Return a report whose hidden identity somebody has asked to open, and a second officer has agreed to."""
    asked = act(report, Action.PROPOSE, actor=asker, proposes=Action.OPEN_IDENTITY, text="Atas izin pelapor.", now=now)
    return act(report, Action.AGREE, actor=national_admin(), refers_to=asked.event_count, now=now)
