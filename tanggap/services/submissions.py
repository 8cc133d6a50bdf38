"""Hand a report in: from any door, once, with a receipt that stays the same however often it is sent."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from tanggap.domain import references
from tanggap.domain.actors import Officer, Reporter
from tanggap.domain.case import Projection
from tanggap.domain.intake import Fault, IncomingReport, clean, faults
from tanggap.domain.ledger import GENESIS, moment
from tanggap.domain.lifecycle import SUBMITTED, Action
from tanggap.domain.notices import NOTICES, Audience, Notice
from tanggap.models import Agency, Area, Category, Intake, Report
from tanggap.selectors import agencies
from tanggap.services import chain, deadlines, keys, messages, vault
from tanggap.services.reports import columns, rules_in_force

_TRIES = 5
_ENTROPY_BYTES = 5


class FaultsError(Exception):
    """Fields that cannot be taken: pairs of field name and fault. Nothing was stored."""

    def __init__(self, faults_: list[tuple[str, Fault]]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults_))
        self.faults = faults_


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter gets: the number, the secret token, and until when it is verified."""

    report_id: int
    number: str
    token: str
    received_at: datetime
    verify_due_at: datetime
    agency: str
    title: str = ""
    is_repeat: bool = False


def submit(
    incoming: IncomingReport,
    *,
    now: datetime,
    actor: Officer | None = None,
    intake_key: bytes | None = None,
    number: str | None = None,
) -> Receipt:
    """Take a report and return its receipt.

    `actor` is the officer who types it in for somebody; None is the reporter. `intake_key` (any bytes bound to one
    form in one browser) makes a second try return the first receipt. `number` is for a door that must
    give the same numbers again (demo data); otherwise it is random. Raises FaultsError.
    """
    key = hashlib.sha256(intake_key).digest() if intake_key else None
    if key and (known := Intake.objects.select_related("report__owner_agency").filter(key_hash=key).first()):
        return receipt(known.report, is_repeat=True)
    owner, checked = _check(incoming, now=now)
    for _ in range(_TRIES):
        chosen = number or references.make(secrets.token_bytes(_ENTROPY_BYTES))
        try:
            with transaction.atomic():
                return _store(checked, owner, chosen, key, actor=actor, now=now)
        except IntegrityError:
            # The same form in the same instant, or a number that is taken (one in 34 billion).
            if key and (known := Intake.objects.select_related("report__owner_agency").filter(key_hash=key).first()):
                return receipt(known.report, is_repeat=True)
            if number:
                raise
    raise RuntimeError("No free report number was found; the number space is exhausted or the database is broken.")


def receipt(report: Report, *, is_repeat: bool = False) -> Receipt:
    """Return the receipt of a report again."""
    first = report.deadlines.filter(clock="verify").order_by("run").first()
    if first is None:
        raise LookupError(f"Report {report.number} has no first clock.")
    return Receipt(
        report_id=report.pk,
        number=report.number,
        token=keys.token_for(report.number),
        received_at=report.received_at,
        verify_due_at=first.due_at,
        agency=report.owner_agency.name,
        title=report.title,
        is_repeat=is_repeat,
    )


def receipt_again(number: str) -> Receipt:
    """Return the receipt of a report for the browser that handed it in; raises LookupError for an unknown number."""
    report = Report.objects.select_related("owner_agency").filter(number=number).first()
    if report is None:
        raise LookupError(number)
    return receipt(report, is_repeat=True)


def _check(incoming: IncomingReport, *, now: datetime) -> tuple[Agency, IncomingReport]:
    """Return who will own the report; raises FaultsError naming every field that cannot be taken."""
    found = []
    owner = _destination(incoming)
    if owner is None:
        found.append(("destination", Fault.UNKNOWN))
        owner = agencies.national()
    today = now.astimezone(ZoneInfo(owner.timezone)).date()
    found += faults(incoming, today=today)
    if incoming.area_code and not Area.objects.filter(pk=incoming.area_code).exists():
        found.append(("area_code", Fault.UNKNOWN))
    if incoming.category_code and not Category.objects.filter(pk=incoming.category_code, active_to=None).exists():
        found.append(("category", Fault.UNKNOWN))
    if found:
        raise FaultsError(found)
    return owner, incoming


def _destination(incoming: IncomingReport) -> Agency | None:
    """Return the agency that the reporter chose, or the national queue; None when it does not exist (any more)."""
    if incoming.destination_id is None:
        return agencies.national()
    return Agency.objects.filter(pk=incoming.destination_id, valid_to=None).exclude(kind="national").first()


def _store(
    incoming: IncomingReport,
    owner: Agency,
    number: str,
    key: bytes | None,
    *,
    actor: Officer | None,
    now: datetime,
) -> Receipt:
    received_at = incoming.received_at or now
    identity = vault.seal(number, incoming.identity)
    rules = rules_in_force(owner.pk, owner.timezone, received_at)
    data: dict[str, Any] = {
        "channel": incoming.channel.value,
        "received_at": moment(received_at),
        "registered_at": moment(now),
        "classification": incoming.classification.value,
        "category": incoming.category_code,
        "urgency": incoming.urgency.value,
        "area": incoming.area_code,
        "event_date": incoming.event_date.isoformat() if incoming.event_date else None,
        "destination": incoming.destination_id,
        "language": incoming.language,
        "owner": {"agency": owner.pk, "unit": None},
        # T2: the reporter's choice of agency wins, else the national queue.
        "route": "reporter_choice" if incoming.destination_id else "national_queue",
        "anonymous": incoming.is_anonymous,
        "confidential": incoming.is_confidential,
        # An identity that is taken away or exchanged later is missed by the audit.
        "identity": identity.digest if identity else None,
        **rules,
    }
    texts = {
        name: text
        for name in ("title", "body", "location", "solution", "loss")
        if (text := clean(getattr(incoming, name)))
    }
    draft = chain.Draft(
        action=Action.SUBMIT,
        acted_at=now,
        recorded_at=now,
        from_status="",
        to_status=SUBMITTED.leads_from(Projection().status, None).value,
        visibility=SUBMITTED.visibility,
        data=data,
        texts=texts,
        files=incoming.files,
    )
    event, salts = chain.seal(number, draft, actor=actor or Reporter(0), seq=1, previous=GENESIS)
    facts = Projection()
    facts.read(event)
    runs = deadlines.compute([event])
    report = Report.objects.create(
        number=number,
        channel=incoming.channel.value,
        received_at=received_at,
        registered_at=now,
        destination_id=incoming.destination_id,
        language=incoming.language,
        title=texts["title"],
        **columns(facts, runs, now=now),
    )
    if key:
        Intake.objects.create(key_hash=key, report=report)
    row = chain.write(report, draft, event, salts)
    deadlines.store(report, runs)
    if identity:
        vault.store(report, identity)
    messages.owe(report, row, _tells(incoming), now=now, has_address=bool(incoming.identity.email))
    return Receipt(
        report_id=report.pk,
        number=number,
        token=keys.token_for(number),
        received_at=received_at,
        verify_due_at=next(run.due_at for run in runs if run.clock == "verify"),
        agency=owner.name,
        title=texts["title"],
    )


def _tells(incoming: IncomingReport) -> list[Notice]:
    """Return who is told: the reporter first by a mail that asks to confirm the address, if there is one."""
    told = [notice for notice in SUBMITTED.tells if NOTICES[notice].audience != Audience.REPORTER]
    return [Notice.CONFIRM_ADDRESS, *told] if incoming.identity.email else told
