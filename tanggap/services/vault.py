"""The identity vault: who the reporter is, sealed with a key of its own, opened here and nowhere else.

Opening for a person is an action of the life cycle (`reports.act` with OPEN_IDENTITY): it is decided,
written into the chain with its reason, and the reporter sees it. The product itself opens an
identity only to deliver a message (`address_of`), and a reporter their own (`own`).
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from tanggap.domain.actors import Reporter
from tanggap.domain.intake import Identity as Person
from tanggap.models import Citizen, ContactHash, Follow, Identity, Report, UnsentForm
from tanggap.services import keys

_CONTEXT = "identity"


class NothingSealedError(LookupError):
    """The reporter told nothing, or the identity was erased."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An identity that was encrypted and is about to be stored."""

    key_version: int
    wrapped_key: bytes
    sealed: bytes
    contacts: tuple[tuple[str, bytes], ...]  # kind and keyed hash

    @property
    def digest(self) -> str:
        """Return what the event of the submission says of it: it tells nothing, for what is sealed looks random."""
        return hashlib.sha256(self.sealed).hexdigest()


def seal(number: str, person: Person) -> Sealed | None:
    """Encrypt an identity for the report with this number, with a key of its own; None when nothing was told."""
    if person.is_empty():
        return None
    data_key = keys.new_data_key()
    version, wrapped = keys.wrap(data_key)
    plain = json.dumps(asdict(person), ensure_ascii=False).encode()
    return Sealed(
        key_version=version,
        wrapped_key=wrapped,
        sealed=keys.seal(data_key, plain, _context(number)),
        contacts=contacts_of(person),
    )


def contacts_of(person: Person) -> tuple[tuple[str, bytes], ...]:
    """Return the keyed hashes by which the same contact is found again."""
    told: tuple[tuple[keys.LookupKind, str], ...] = (
        ("email", person.email),
        ("phone", person.phone),
        ("nik", person.nik),
    )
    return tuple((kind, keys.lookup_hash(kind, value)) for kind, value in told if value)


def rows(report_id: int, sealed: Sealed | None) -> tuple[list[Identity], list[ContactHash]]:
    """Return the rows of a sealed identity, with the keyed hashes by which the same contact is found again."""
    if sealed is None:
        return [], []
    kinds = {kind for kind, _hash in sealed.contacts}
    row = Identity(
        report_id=report_id,
        key_version=sealed.key_version,
        wrapped_key=sealed.wrapped_key,
        sealed=sealed.sealed,
        has_email="email" in kinds,
        has_phone="phone" in kinds,
    )
    return [row], [ContactHash(report_id=report_id, kind=kind, hash=value) for kind, value in sealed.contacts]


def _context(number: str) -> bytes:
    return f"{_CONTEXT}:{number}".encode()


def _open(row: Identity, number: str) -> Person:
    if row.wrapped_key is None or row.sealed is None or row.key_version is None:
        raise NothingSealedError(number)
    data_key = keys.unwrap(row.key_version, bytes(row.wrapped_key))
    return Person(**json.loads(keys.open_(data_key, bytes(row.sealed), _context(number))))


def open_after_event(report: Report) -> Person:
    """Return the identity, for `reports.open_identity` alone, which has written the event already."""
    row = Identity.objects.filter(report=report).first()
    if row is None:
        raise NothingSealedError(report.number)
    return _open(row, report.number)


def seal_again(whole: Report, number: str) -> Sealed | None:
    """Seal who filed a report once more for a part of it, under a key of its own; None when nothing is there.

    Nobody reads it on the way: whoever looks into the part's identity is on the record of the part.
    """
    row = Identity.objects.filter(report=whole, erased_at=None).first()
    return seal(number, _open(row, whole.number)) if row is not None else None


def store(whole: Report, part: Report, sealed: Sealed | None) -> None:
    """Store the identity of a part; an address that was confirmed for the whole is confirmed for it."""
    identities, contacts = rows(part.pk, sealed)
    confirmed = Identity.objects.filter(report=whole).values_list("email_confirmed_at", flat=True).first()
    for row in identities:
        row.email_confirmed_at = confirmed if row.has_email else None
    Identity.objects.bulk_create(identities)
    ContactHash.objects.bulk_create(contacts)


def own(report_id: int, *, actor: Reporter) -> Person:
    """Return a reporter's own identity; nobody else's."""
    if actor.report_id != report_id:
        raise NothingSealedError(str(report_id))
    row = Identity.objects.select_related("report").filter(report_id=report_id).first()
    if row is None:
        raise NothingSealedError(str(report_id))
    return _open(row, row.report.number)


def address_of(report_id: int, *, confirmed: bool) -> tuple[str, str]:
    """Return e-mail address and language for a message that is being delivered; ('', '') when there is none.

    With `confirmed` only an address that the reporter has confirmed is given.
    """
    row = Identity.objects.select_related("report").filter(report_id=report_id, has_email=True).first()
    if row is None or row.erased_at is not None or (confirmed and row.email_confirmed_at is None):
        return "", ""
    person = _open(row, row.report.number)
    return person.email, person.language


@transaction.atomic
def confirm_email(report_id: int, *, email_hash: bytes, now: datetime) -> bool:
    """Note that the reporter opened the link in the mail; False when the address is another one by now."""
    row = Identity.objects.select_for_update().filter(report_id=report_id, has_email=True).first()
    if row is None or not ContactHash.objects.filter(report_id=report_id, kind="email", hash=email_hash).exists():
        return False
    if row.email_confirmed_at is None:
        row.email_confirmed_at = now
        row.save(update_fields=["email_confirmed_at"])
    return True


def has(report_id: int) -> bool:
    """Say whether the vault holds who filed a report."""
    return Identity.objects.filter(report_id=report_id, erased_at=None).exists()


def erase_after_event(report_id: int, *, now: datetime) -> None:
    """Destroy who filed a report, for `reports.act` alone, which has written the event already.

    Name, contacts, the wrapped key and the keyed hashes go. A backup of before holds them until it is thrown away.
    """
    Identity.objects.filter(report_id=report_id, erased_at=None).update(
        key_version=None, wrapped_key=None, sealed=None, erased_at=now
    )
    ContactHash.objects.filter(report_id=report_id).delete()


def rewrap(*, batch: int = 500) -> int:
    """Wrap every data key that an older master key holds with the current one; returns how many.

    Safe to stop and run again: each batch is a transaction, and what is done is not done twice.
    """
    return sum(_rewrap(model, batch) for model in (Identity, Citizen, Follow, UnsentForm))


def _rewrap(model: type[Identity | Citizen | Follow | UnsentForm], batch: int) -> int:
    done = 0
    while True:
        with transaction.atomic():
            current = keys.ring().current
            rows: list[Any] = list(
                cast(Any, model)
                .objects.select_for_update(skip_locked=True)
                .exclude(key_version=current)
                .filter(wrapped_key__isnull=False)
                .order_by("pk")[:batch]
            )
            for row in rows:
                if row.key_version is None or row.wrapped_key is None:
                    continue
                row.key_version, row.wrapped_key = keys.wrap(keys.unwrap(row.key_version, bytes(row.wrapped_key)))
            cast(Any, model).objects.bulk_update(rows, ["key_version", "wrapped_key"])
        done += len(rows)
        if len(rows) < batch:
            return done
