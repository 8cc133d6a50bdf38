"""Accounts of citizens: opened by a code from a mail or an SMS, sealed whole, changed under a lock (ADR 0035).

What an account holds is opened here and nowhere else. An officer has no road to it, and no report knows of one: what a
citizen does to a report is done with the capability of its reporter, as with number and token.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tanggap.domain.actors import Reporter
from tanggap.domain.citizens import BLOCK, Account, is_number
from tanggap.models import Citizen, Follow, Publication, Support
from tanggap.services import keys
from tanggap.services.accounts import office_day

_STAMP_BYTES = 8
_LISTS = ("reports", "follows", "supports", "comments", "aside")


class GoneError(LookupError):
    """The account was removed meanwhile, in another browser."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A citizen who has proved the address of an account."""

    key: uuid.UUID
    account: Account

    def reporters(self) -> list[Reporter]:
        """Return the capabilities for the reports of this account."""
        return [Reporter(report_id) for report_id in self.account.reports]

    def may_be(self, *, email: str, phone: str) -> bool:
        """Say whether what somebody gave to be reached by is that of the account: this very one, or nothing at all.

        A number beside an account that is opened by mail, or an address beside one that a number opens, may be
        anybody's.
        """
        same, other = (phone, email) if self.account.is_by_phone else (email, phone)
        if not same.strip():
            return not other.strip()
        return _one_form(same) == _one_form(self.account.address)


def enter(address: str, *, language: str, now: datetime, is_known: bool = False) -> SignedIn:
    """Return the account of an address that was just proved; the first time it is made.

    A number that rested for long may be somebody else's by now: unless the account was opened in this browser before
    (`is_known`), it starts empty, and what was in it comes back with the tracking code of one of its reports.
    It is written each time, so that a row which was just written does not tell that a report was just filed.
    """
    today = office_day(now)
    day = today.isoformat()
    hashed = _hash(address)
    with transaction.atomic():
        row = Citizen.objects.select_for_update().filter(address_hash=hashed).first()
        if row is None:
            fresh = Citizen(pk=uuid.uuid4(), address_hash=hashed)
            made = Account(address=address, stamp=_new_stamp(), since=day, seen=day, language=language)
            _seal(fresh, made)
            Citizen.objects.bulk_create([fresh], ignore_conflicts=True)  # the same code in the same second
            row = Citizen.objects.select_for_update().get(address_hash=hashed)
        account = _open(row)
        if account.may_have_moved(today) and not is_known:
            _forget(row.pk, account)
            account = account.put_aside(stamp=_new_stamp(), today=today, language=language)
        account = replace(account, seen=day)
        _seal(row, account)
        row.save(update_fields=["key_version", "wrapped_key", "sealed"])
    return SignedIn(row.pk, account)


def recognise(key: str, stamp: str) -> SignedIn | None:
    """Return the account that a session is of; None when it is gone, or every session was ended since."""
    row = Citizen.objects.filter(pk=key).first()
    account = _open(row) if row is not None else None
    if row is None or account is None or not secrets.compare_digest(account.stamp, stamp):
        return None
    return SignedIn(row.pk, account)


def link(who: SignedIn, report_id: int) -> SignedIn:
    """Add a report to an account; raises citizens.FullError. The door has seen that it is this person's."""
    return _change(who, lambda account: account.with_report(report_id))


def unlink(who: SignedIn, report_id: int) -> SignedIn:
    """Take a report out of an account: nothing of the report changes."""
    return _change(who, lambda account: account.without_report(report_id))


def prefer(who: SignedIn, *, language: str, wants_mail: bool) -> SignedIn:
    """Keep in which language, and whether at all, news that nothing depends on is mailed."""
    return _change(who, lambda account: replace(account, language=language, wants_mail=wants_mail))


def end_sessions(who: SignedIn) -> SignedIn:
    """End every session of the account; returns it with the stamp of the ones to come."""
    return _change(who, lambda account: replace(account, stamp=_new_stamp()))


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the owner of an address wants to be written to."""

    language: str
    wants_mail: bool


def wishes_of(address: str) -> Wishes | None:
    """Return what the owner of an address prefers, for a letter that is being delivered; None without an account."""
    row = Citizen.objects.filter(address_hash=_hash(address)).first()
    if row is None:
        return None
    account = _open(row)
    return Wishes(account.language, account.wants_mail)


@transaction.atomic
def follow(who: SignedIn, report_id: int) -> SignedIn:
    """Follow a report, which the door has seen to be public; raises citizens.FullError."""
    changed = _change(who, lambda account: account.with_follow(report_id))
    version, wrapped = keys.wrap(who.key.bytes + report_id.to_bytes(8, "big"))
    row = Follow(mark=_mark(who.key, report_id), report_id=report_id, key_version=version, wrapped_key=wrapped)
    Follow.objects.bulk_create([row], ignore_conflicts=True)
    return changed


@transaction.atomic
def unfollow(who: SignedIn, report_id: int) -> SignedIn:
    """Follow a report no longer."""
    Follow.objects.filter(mark=_mark(who.key, report_id)).delete()
    return _change(who, lambda account: account.without_follow(report_id))


@transaction.atomic
def support(who: SignedIn, report_id: int) -> SignedIn:
    """Say that one lives with what a report tells, which the door has seen to be public; raises citizens.FullError.

    Once for each account; a second time changes nothing.
    """
    changed = _change(who, lambda account: account.with_support(report_id))
    mark = _mark(who.key, report_id, "support")
    if not Support.objects.filter(mark=mark).exists():  # the account is locked: nobody else makes this one
        Support.objects.create(mark=mark, report_id=report_id)
        Publication.objects.filter(report_id=report_id).update(support_count=F("support_count") + 1)
    return changed


@transaction.atomic
def take_back(who: SignedIn, report_id: int) -> SignedIn:
    """Support a report no longer."""
    changed = _change(who, lambda account: account.without_support(report_id))
    _take_back(who.key, [report_id])
    return changed


def _take_back(key: uuid.UUID, report_ids: Iterable[int]) -> None:
    for report_id in sorted(report_ids):
        if Support.objects.filter(mark=_mark(key, report_id, "support")).delete()[0]:
            Publication.objects.filter(report_id=report_id).update(support_count=F("support_count") - 1)


def keep_comment(who: SignedIn, comment_id: int) -> SignedIn:
    """Note that a comment is of this account, which alone knows it; raises citizens.FullError."""
    return _change(who, lambda account: account.with_comment(comment_id))


def forget_comment(who: SignedIn, comment_id: int) -> SignedIn:
    """Forget an own comment, which is empty by now."""
    return _change(who, lambda account: account.without_comment(comment_id))


def follower(row: Follow) -> Account | None:
    """Return the account that follows, for a letter that is being delivered; None when it is gone."""
    plain = keys.unwrap(row.key_version, bytes(row.wrapped_key))
    if int.from_bytes(plain[16:], "big") != row.report_id:
        raise keys.SealBrokenError("A follow was moved to another report.")
    found = Citizen.objects.filter(pk=uuid.UUID(bytes=plain[:16])).first()
    return _open(found) if found is not None else None


@transaction.atomic
def remove(who: SignedIn, *, cleared: frozenset[int], empty: Callable[[Iterable[int]], None]) -> frozenset[int]:
    """Remove the account once all its reports are cleared of who filed them, else return those that are not yet.

    `empty` takes the words out of its comments, in the same transaction.
    """
    locked = Citizen.objects.select_for_update().filter(pk=who.key).first()
    if locked is None:
        return frozenset()
    account = _open(locked)
    left = frozenset(account.reports) - cleared
    if not left:
        _forget(locked.pk, account)
        empty(account.comments)
        locked.delete()
    return left


@transaction.atomic
def _change(who: SignedIn, change: Callable[[Account], Account]) -> SignedIn:
    """Change an account under its lock, as it is now; raises GoneError."""
    row = Citizen.objects.select_for_update().filter(pk=who.key).first()
    if row is None:
        raise GoneError
    account = change(_open(row))
    _seal(row, account)
    row.save(update_fields=["key_version", "wrapped_key", "sealed"])
    return SignedIn(row.pk, account)


def _new_stamp() -> str:
    return secrets.token_hex(_STAMP_BYTES)


def _one_form(address: str) -> str:
    return keys.normalise("phone" if is_number(address) else "email", address)


def _hash(address: str) -> bytes:
    return keys.citizen_hash("address", _one_form(address))


def _mark(key: uuid.UUID, report_id: int, kind: str = "follow") -> bytes:
    return keys.citizen_hash(kind, f"{key}:{report_id}")


def _forget(key: uuid.UUID, account: Account) -> None:
    _take_back(key, account.supports)
    Follow.objects.filter(mark__in=[_mark(key, report_id) for report_id in account.follows]).delete()


def _seal(row: Citizen, account: Account) -> None:
    """Seal an account under a key of its own, a new one each time, at a length that tells nothing."""
    data_key = keys.new_data_key()
    row.key_version, row.wrapped_key = keys.wrap(data_key)
    plain = json.dumps(asdict(account), ensure_ascii=False, separators=(",", ":")).encode()
    row.sealed = keys.seal(data_key, plain.ljust(-(-len(plain) // BLOCK) * BLOCK), _context(row))


def _open(row: Citizen) -> Account:
    data_key = keys.unwrap(row.key_version, bytes(row.wrapped_key))
    said = json.loads(keys.open_(data_key, bytes(row.sealed), _context(row)))
    return Account(**said | {name: tuple(said.get(name, ())) for name in _LISTS})


def _context(row: Citizen) -> bytes:
    return b"citizen:" + hashlib.sha256(row.pk.bytes + bytes(row.address_hash)).digest()
