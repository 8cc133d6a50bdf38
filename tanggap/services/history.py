"""Take a report in with the past that another system tells: one first event, and all that follows from it (ADR 0034).

Nobody is told, nothing becomes public, and what was late there is late here. The clocks of the office count from the
receipt that the source names; anyone can recompute them from the event alone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from tanggap.domain import beginnings, references
from tanggap.domain.actors import Officer
from tanggap.domain.case import Projection
from tanggap.domain.intake import Identity
from tanggap.domain.ledger import GENESIS, moment
from tanggap.domain.lifecycle import IMPORTED
from tanggap.domain.limits import NoPolicyError
from tanggap.models import Agency, Intake, Report
from tanggap.selectors import policies
from tanggap.services import chain, deadlines, inserts, vault
from tanggap.services.columns import of as columns
from tanggap.services.import_history import Past
from tanggap.services.reports import rules_in_force

SYSTEM: Final = "sp4n"
_TRIES: Final = 5
_ENTROPY_BYTES: Final = 5
_KEYS: Final = "SELECT nextval('tanggap_report_id_seq'), nextval('tanggap_event_id_seq')"


class NotForYouError(Exception):
    """This office does not bring the past of an agency in."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The number that a report has here; whether it came before, and then with other words."""

    number: str
    is_repeat: bool = False
    is_changed: bool = False


def take_in(past: Past, *, actor: Officer, now: datetime) -> Taken:
    """Write a report with its past, once for its agency and number there. Raises NotForYouError."""
    if actor.role not in IMPORTED.roles:
        raise NotForYouError
    key = hashlib.sha256(past.key).digest()
    for _ in range(_TRIES):
        if known := _known(key, past):
            return known
        try:
            with transaction.atomic():
                return Taken(_store(past, key, actor=actor, now=now))
        except IntegrityError:
            continue  # the same row in the same instant, or a number that is taken
    raise RuntimeError("No free report number was found; the number space is exhausted or the database is broken.")


def _known(key: bytes, past: Past) -> Taken | None:
    found = Intake.objects.select_related("report").filter(key_hash=key).first()
    if found is None:
        return None
    is_same = found.content_hash is not None and bytes(found.content_hash) == past.content
    return Taken(found.report.number, is_repeat=True, is_changed=not is_same)


def _store(past: Past, key: bytes, *, actor: Officer, now: datetime) -> str:
    number = references.make(secrets.token_bytes(_ENTROPY_BYTES))
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        report_id, event_id = cursor.fetchone()
    identity = vault.seal(number, Identity(name=past.reporter))
    draft = _draft(past, identity, now=now)
    event, salts = chain.seal(number, draft, actor=actor, seq=1, previous=GENESIS)
    facts = Projection()
    facts.read(event)
    runs = deadlines.compute([event])
    report = Report(
        pk=report_id,
        number=number,
        channel=past.channel.value,
        received_at=past.received_at,
        registered_at=now,
        destination_id=None,
        language=facts.language,
        title=past.title,
        **columns(facts, runs, now=now),
    )
    row, texts, _files = chain.rows(report_id, draft, event, salts, event_id=event_id)
    clocks = [deadlines.quieten(deadlines.new_row(report_id, run), run, now) for run in runs]
    intake = Intake(key_hash=key, content_hash=past.content, report_id=report_id)
    inserts.together([[report], [intake], [row], texts, clocks, *vault.rows(report_id, identity)])
    return number


def _draft(past: Past, identity: vault.Sealed | None, *, now: datetime) -> chain.Draft:
    texts = {"title": past.title, "body": past.body, "text": past.last_body, "reason": past.reason_words}
    return chain.Draft(
        action=IMPORTED.action,
        acted_at=now,
        recorded_at=now,
        from_status="",
        to_status=past.standing.status.value,
        visibility=IMPORTED.visibility,
        data=_data(past, identity.digest if identity else None, now=now),
        texts={name: text for name, text in texts.items() if text},
    )


def _data(past: Past, identity: str | None, *, now: datetime) -> dict[str, Any]:
    hidden = {"anonymous": past.is_anonymous, "confidential": past.is_confidential}
    return {
        "source": {"system": SYSTEM, "number": past.number},
        **beginnings.data_of(past.standing, has_unit=past.office.unit_id is not None, reason=past.reason),
        "channel": past.channel.value,
        "classification": past.classification.value,
        "supervisory": past.supervisory,
        "category": past.category,
        "area": past.area,
        "urgency": "",
        "language": "id",
        "received_at": moment(past.received_at),
        "registered_at": moment(now),
        "owner": {"agency": past.office.agency_id, "unit": past.office.unit_id},
        **hidden,
        # It was the reporter who hid, so no officer here takes that away.
        "inherits": {name: ["reporter"] if said else [] for name, said in hidden.items()},
        "identity": identity,
        **_rules(past, now),
    }


def _rules(past: Past, now: datetime) -> dict[str, Any]:
    """Return the rules of the day of receipt; those of today for what came before any that is known here."""
    agency = past.office.agency_id
    zone, newest = Agency.objects.values_list("timezone", flat=True).get(pk=agency), policies.newest_rules()
    try:
        return dict(rules_in_force(agency, zone, past.received_at, newest=newest))
    except NoPolicyError:
        return dict(rules_in_force(agency, zone, now, newest=newest))
