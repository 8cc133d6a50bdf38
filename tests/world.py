"""One report of each kind of visibility, and one person of each kind who may come by: for walks over every address."""

import functools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.adapters.scanning import staging
from tanggap.domain.intake import StagedFile
from tanggap.domain.lifecycle import Action
from tanggap.models import Report, User
from tanggap.services import keys, reminders
from tests import make
from tests.adapters import hostile_files

KINDS = ("public", "secret", "unverified", "stub")
LATE = "late"  # of another agency, below the first one, which has let the time to verify it run out
ROLES = (
    "anyone",
    "reporter",  # tracks the report in question
    "other_reporter",  # tracks another one
    "liaison",  # of the unit that owns it
    "operator",  # of the same unit: prepares, and does not speak for it
    "named",  # of the same unit, but the secret report is about him
    "other_liaison",  # of another unit of the agency
    "auditor",  # the inspectorate of the agency
    "admin",  # of the agency
    "other_admin",  # of another agency
    "national",
    "head",  # of the unit that owns it
    "regional",  # of a government that oversees the agency
    "overseer",  # of all agencies
    "evaluator",  # of agencies, this one among them
    "ombudsman",  # to whom nothing was handed over
    "no_office",  # has an account and no appointment
)
WATCHERS = frozenset({"head", "regional", "overseer", "evaluator", "ombudsman"})
OFFICERS = frozenset(ROLES) - WATCHERS - {"anyone", "reporter", "other_reporter", "no_office"}


def picture(name: str = "foto.jpg", *, is_publishable: bool = True) -> StagedFile:
    """Stage a picture as a door does.

    One of each name is cleaned, which takes a process of its own; the others are that one under a key of their own,
    as reports get it that are split or filed from the same letter.
    """
    root = settings.ATTACHMENTS_DIR
    try:
        staged = staging.again(_cleaned(name, root), root=root)
    except FileNotFoundError:  # a test has swept away what no row names
        _cleaned.cache_clear()
        staged = staging.again(_cleaned(name, root), root=root)
    return StagedFile(
        key=staged.key,
        sha256=staged.sha256.hex(),
        size=staged.size,
        media_type=staged.media_type,
        kind=staged.kind.value,
        name=staged.name,
        is_publishable=is_publishable,
    )


@functools.cache
def _cleaned(name: str, root: Path) -> staging.Staged:
    upload = SimpleUploadedFile(name, hostile_files.photo(60, 40))
    return staging.stage(upload, root=root, least_free=0)


@dataclass
class World:
    """The reports by kind, the key of a picture of each, the accounts by role."""

    reports: dict[str, Report]
    files: dict[str, str]
    users: dict[str, User | None]
    _clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, role: str, kind: str) -> Client:
        """Return the browser of a person; a reporter of this report has one for each kind."""
        key = (role, kind if role == "reporter" else "")
        if key not in self._clients:
            self._clients[key] = self.fresh(role, kind)
        return self._clients[key]

    def fresh(self, role: str, kind: str) -> Client:
        """Return a new browser of a person, signed in or tracking."""
        client = Client()
        if role == "reporter":
            track(client, self.reports[kind])
        elif role == "other_reporter":
            track(client, self.reports["other"])
        elif (user := self.users[role]) is not None:
            client.force_login(user)
        return client


def track(client: Client, report: Report) -> None:
    """Open a report with number and code."""
    answer = client.post("/lacak", {"number": report.number, "token": keys.token_for(report.number)})
    assert answer.status_code == 302, answer.status_code


def late_report(now: datetime, **values: object) -> Report:
    """Return a report of a regency that its agency has not verified in time."""
    before = now - 10 * make.DAY
    values = {"destination_id": make.agency("kab-tangerang").pk, "event_date": before.date(), **values}
    report = make.submit(now=before, **values)
    reminders.flag_overdue(now=now)
    report.refresh_from_db()
    return report


def build(now: datetime = make.NOW) -> World:
    """Make the reports by the services, and the people."""
    start = now - timedelta(hours=3)
    actors = {
        "liaison": make.liaison(),
        "named": make.liaison(),
        "other_liaison": make.liaison("dindikbud"),
        "auditor": make.auditor(),
        "admin": make.agency_admin(),
        "other_admin": make.agency_admin("kab-tangerang"),
        "national": make.national_admin(),
        "operator": make.unit_admin(),
        "head": make.head("dpupr"),
        "regional": make.regional_overseer("admin-nasional"),
        "overseer": make.overseer(),
        "evaluator": make.evaluator(),
        "ombudsman": make.ombudsman(),
    }
    users: dict[str, User | None] = {role: User.objects.get(pk=actor.user_id) for role, actor in actors.items()}
    users |= {"anyone": None, "reporter": None, "other_reporter": None, "no_office": make.user()}
    # One slow hash for all: an account without any password is nobody's.
    User.objects.filter(pk__in=[user.pk for user in users.values() if user]).update(password=make_password("rahasia"))
    User.objects.filter(pk=actors["national"].user_id).update(is_staff=True)  # as `services.accounts` makes them

    files = {kind: picture(f"{kind}.jpg") for kind in (*KINDS, LATE)}
    reports = {kind: make.submit(now=start, files=(files[kind],)) for kind in ("public", "unverified", "stub")}
    reports["other"] = make.submit(now=start)
    reports[LATE] = late_report(now, files=(files[LATE],), is_anonymous=True)
    reports["secret"] = make.submit(now=start, files=(files["secret"],), is_anonymous=True, is_confidential=True)
    for kind in ("public", "stub"):
        make.act(reports[kind], Action.VERIFY_AND_ASSIGN, now=start)
    make.act(
        reports["secret"],
        Action.VERIFY_AND_ASSIGN,
        now=start,
        supervisory=True,
        named_users=(actors["named"].user_id,),
    )
    make.act(reports["stub"], Action.ARCHIVE, now=start)
    for report in reports.values():
        report.refresh_from_db()
    for user in filter(None, users.values()):
        user.refresh_from_db()  # the session is bound to the password
    return World(reports, {kind: file.key for kind, file in files.items()}, users)
