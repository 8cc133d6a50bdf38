"""The key ring of the vault: seals what reporters entrust, and derives their tracking tokens.

Each report has a data key of its own, kept only in wrapped form; destroying that one blob erases one
person (UU 27/2022 on personal data, the right to erasure), in a backup once the backup is thrown away. The
master keys that wrap data keys are numbered: a new one is added by `rotate`, the old ones stay until nothing
is wrapped by them.
The ring comes from the setting KEYS, or else from the file KEY_FILE; nothing of it is ever logged.
"""

import base64
import binascii
import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import phonenumbers
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tanggap.domain import references

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_LARGEST_FILE: Final = 1024 * 1024
# First byte of every sealed blob, so that another cipher can follow one day without guessing.
_FORM: Final = b"\x01"

LookupKind = Literal["phone", "email", "nik"]


class KeyRingError(Exception):
    """The key ring cannot be used; the text says which setting or file, and why, and never shows a key."""


class SealBrokenError(Exception):
    """A sealed value cannot be opened: the wrong key, the wrong context, or a changed blob. One error for all."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of an installation; `repr` shows none of them."""

    master: dict[int, bytes] = field(repr=False)
    current: int
    token: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    def as_json(self) -> str:
        """Return the text of a key file."""
        coded = {str(version): _encode(key) for version, key in sorted(self.master.items())}
        return json.dumps(
            {
                "master": coded,
                "current": str(self.current),
                "token": _encode(self.token),
                "lookup": _encode(self.lookup),
                "secret": _encode(self.secret),
            },
            indent=2,
        )


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _decode(name: str, value: object, source: str) -> bytes:
    """Return the 32 bytes of one key, or say which one is wrong."""
    try:
        if not isinstance(value, str):
            raise TypeError  # noqa: TRY301 - one message for all that is no key
        key = base64.b64decode(value, validate=True)
    except (TypeError, binascii.Error, ValueError) as error:
        raise KeyRingError(f"{source}: the key '{name}' is not base64 text.") from error
    if len(key) != _KEY_BYTES:
        raise KeyRingError(f"{source}: the key '{name}' has {len(key)} bytes, not {_KEY_BYTES}.")
    return key


def parse_ring(text: str, *, source: str) -> KeyRing:
    """Return the key ring that a JSON text holds; raises KeyRingError that names `source` and the part."""
    try:
        parts = json.loads(text)
    except ValueError as error:
        raise KeyRingError(f"{source}: not JSON.") from error
    if not isinstance(parts, dict) or not isinstance(parts.get("master"), dict):
        raise KeyRingError(f"{source}: an object with 'master', 'current', 'token', 'lookup' and 'secret' is needed.")
    master: dict[int, bytes] = {}
    for version, value in parts["master"].items():
        if not (version.isascii() and version.isdecimal() and int(version) > 0):
            raise KeyRingError(f"{source}: the versions of the master key are numbers from 1, not {version!r}.")
        master[int(version)] = _decode(f"master {version}", value, source)
    current = str(parts.get("current"))
    if not current.isdecimal() or int(current) not in master:
        raise KeyRingError(f"{source}: 'current' names no master key.")
    rest = {name: _decode(name, parts.get(name), source) for name in ("token", "lookup", "secret")}
    return KeyRing(master=master, current=int(current), **rest)


def read_key_file(path: Path) -> KeyRing:
    """Return the key ring of a file that only its owner may read; raises KeyRingError otherwise."""
    return parse_ring(read_private(path), source=str(path))


def read_private(path: Path) -> str:
    """Return the text of a file that only its owner may read; raises KeyRingError otherwise."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyRingError(f"{path}: the key file cannot be read ({error.strerror}).") from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise KeyRingError(f"{path}: the key file is not a regular file.")
        if found.st_mode & 0o077:
            raise KeyRingError(f"{path}: others than its owner may use the key file; run: chmod 600 {path}")
        raw = os.read(handle, _LARGEST_FILE)
    finally:
        os.close(handle)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KeyRingError(f"{path}: not JSON.") from error


def make_key_file(path: Path) -> KeyRing:
    """Write a new key file (0600, on disk before this returns); raises FileExistsError rather than replace one.

    Reads no settings: the launcher calls it before Django is set up.
    """
    master = {1: secrets.token_bytes(_KEY_BYTES)}
    token, lookup, secret = (secrets.token_bytes(_KEY_BYTES) for _ in range(3))
    made = KeyRing(master=master, current=1, token=token, lookup=lookup, secret=secret)
    # The whole file is linked into place: nobody sees half of it, and an existing one is never touched.
    place(path, made.as_json(), put=os.link)
    return made


def rotate(path: Path | None = None) -> int:
    """Add a new current master key to the key file, keep the old ones, and return its version.

    The file is replaced in one step (0600). Running processes see the new key at their next use; what was
    wrapped before stays readable, and is wrapped anew by whoever owns the rows (`is_current`).
    Raises KeyRingError where the keys come from the environment: there the operator changes them.
    """
    if path is None:
        if settings.KEYS:
            raise KeyRingError("TANGGAP_KEYS: keys given by the environment are rotated there, not by this command.")
        path = settings.KEY_FILE
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        old = read_key_file(path)
        version = max(old.master) + 1
        master = {**old.master, version: secrets.token_bytes(_KEY_BYTES)}
        new = KeyRing(master=master, current=version, token=old.token, lookup=old.lookup, secret=old.secret)
        place(path, new.as_json(), put=os.replace)
    finally:
        os.close(folder)
    return version


def place(path: Path, text: str, *, put: Callable[[Path, Path], None]) -> None:
    """Write a secret beside `path` (0600), push it to the disk, then put it there in one step."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        put(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@lru_cache(maxsize=4)
def _ring_of_text(text: str) -> KeyRing:
    return parse_ring(text, source="TANGGAP_KEYS")


@lru_cache(maxsize=4)
def _ring_of_file(path: Path, _seen: tuple[int, ...]) -> KeyRing:
    return read_key_file(path)


def ring() -> KeyRing:
    """Return the key ring in force; a file that was rotated by another process is read anew."""
    if settings.KEYS:
        return _ring_of_text(settings.KEYS)
    path: Path = settings.KEY_FILE
    try:
        found = path.stat()
    except OSError as error:
        raise KeyRingError(f"{path}: the key file cannot be read ({error.strerror}).") from error
    return _ring_of_file(path, (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_mode))


def token_for(number: str) -> str:
    """Return the tracking token of a report: derived, so that a repeated submission shows the same receipt."""
    mac = hmac.digest(ring().token, b"track:" + number.encode("utf-8"), hashlib.sha256)
    return references.format_token(mac[: references.TOKEN_BYTES])


def token_matches(number: str, given: str) -> bool:
    """Say whether `given` is the token of the report, in a time that tells nothing of how much was right."""
    parsed = references.parse_token(given)
    right = hmac.compare_digest(token_for(number), parsed or "0000-0000-0000-0000")
    return right and parsed is not None


def normalise(kind: LookupKind, value: str) -> str:
    """Return the one form of a phone (E.164, Indonesian unless it says otherwise), e-mail or NIK."""
    text = value.strip()
    if kind == "email":
        return text.casefold()
    if kind == "phone":
        with contextlib.suppress(phonenumbers.NumberParseException):
            return phonenumbers.format_number(phonenumbers.parse(text, "ID"), phonenumbers.PhoneNumberFormat.E164)
    return "".join(sign for sign in text if sign.isdecimal())


def lookup_hash(kind: LookupKind, value: str) -> bytes:
    """Return the keyed hash (32 bytes) by which the same phone, e-mail or NIK is found again.

    Without the key nobody can try out all telephone numbers; the kind is part of the hash.
    """
    return hmac.digest(ring().lookup, f"{kind}:{normalise(kind, value)}".encode(), hashlib.sha256)


def answer_print(words: str) -> bytes:
    """Return the keyed hash (32 bytes) by which the same words of an answer are known again."""
    return hmac.digest(ring().lookup, f"answer:{words}".encode(), hashlib.sha256)


def row_print(cells: str) -> bytes:
    """Return the keyed hash (32 bytes) by which the same row of a sheet is known again."""
    return hmac.digest(ring().lookup, f"row:{cells}".encode(), hashlib.sha256)


def citizen_hash(what: str, value: str) -> bytes:
    """Return the keyed hash (32 bytes) by which an account, or what it follows, is found again.

    Another one than `lookup_hash` gives for the same address: the rows of accounts meet no row of a report.
    """
    return hmac.digest(ring().lookup, f"citizen:{what}:{value}".encode(), hashlib.sha256)


def new_data_key() -> bytes:
    """Return a fresh data key for one report."""
    return secrets.token_bytes(_KEY_BYTES)


def wrap(data_key: bytes) -> tuple[int, bytes]:
    """Return the data key wrapped by the current master key, and that key's version."""
    keys = ring()
    return keys.current, seal(keys.master[keys.current], data_key, _wrapping(keys.current))


def unwrap(version: int, blob: bytes) -> bytes:
    """Return the data key of a blob; raises SealBrokenError, also when that master key is gone."""
    master = ring().master.get(version)
    if master is None:
        raise SealBrokenError(f"There is no master key {version} in the key ring.")
    return open_(master, blob, _wrapping(version))


def is_current(version: int) -> bool:
    """Say whether a data key wrapped with this version needs no new wrapping."""
    return version == ring().current


def _wrapping(version: int) -> bytes:
    return f"wrap:{version}".encode()


def seal(data_key: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt and authenticate with AES-256-GCM under a random nonce.

    `context` (the report's number and what is sealed) is bound to the blob: moved to another report, it
    cannot be opened.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(data_key).encrypt(nonce, plain, _FORM + context)


def open_(data_key: bytes, blob: bytes, context: bytes) -> bytes:
    """Return what was sealed; raises SealBrokenError whatever of key, context or blob is wrong."""
    blob = bytes(blob)
    if blob[:1] != _FORM:
        raise SealBrokenError("The sealed value has an unknown form.")
    nonce, body = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return AESGCM(data_key).decrypt(nonce, body, _FORM + context)
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError("The sealed value cannot be opened with this key and context.") from error


def secret_key() -> str:
    """Return the secret of the key ring as text, for Django's SECRET_KEY."""
    return _encode(ring().secret)
