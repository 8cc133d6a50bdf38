"""The key that signs the record: read from its file, and used here alone (ADR 0060).

Ed25519, by the library `cryptography`. The file holds one key, and while a new one takes over both, so that the old
one can announce it. Public keys are on the site; what is secret leaves this module never.
"""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from tanggap.domain import checkpoints
from tanggap.services import keys
from tanggap.services.keys import KeyRingError

_SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that can sign."""

    public: bytes
    seed: bytes = field(repr=False)

    @property
    def key(self) -> str:
        """Return the short name of the key."""
        return checkpoints.key_id(self.public)

    def sign(self, body: bytes) -> bytes:
        """Return the signature over some bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(body)


@dataclass(frozen=True, slots=True)
class Signers:
    """The keys of the file; the current one signs, another one may announce it."""

    current: str
    all: Mapping[str, Signer]

    def as_json(self) -> str:
        """Return the text of a key file."""
        seeds = {name: base64.b64encode(signer.seed).decode("ascii") for name, signer in sorted(self.all.items())}
        return json.dumps({"current": self.current, "keys": seeds}, indent=2)


def _signer(seed: bytes) -> Signer:
    return Signer(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw(), seed)


def parse(text: str, *, source: str) -> Signers:
    """Return the keys that a JSON text holds; raises KeyRingError that names `source`."""
    try:
        parts = json.loads(text)
        seeds = [base64.b64decode(value, validate=True) for value in parts["keys"].values()]
        current = str(parts["current"])
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise KeyRingError(f"{source}: an object with 'current' and 'keys' is needed.") from error
    if any(len(seed) != _SEED_BYTES for seed in seeds):
        raise KeyRingError(f"{source}: a key has {_SEED_BYTES} bytes.")
    found = {signer.key: signer for signer in map(_signer, seeds)}
    if found.keys() != parts["keys"].keys() or current not in found:
        raise KeyRingError(f"{source}: each key stands under its own name, and 'current' is one of them.")
    return Signers(current, found)


def make_key_file(path: Path) -> Signers:
    """Write a file with a new key (0600); raises FileExistsError rather than replace one. Reads no settings."""
    made = _signer(secrets.token_bytes(_SEED_BYTES))
    signers = Signers(made.key, {made.key: made})
    keys.place(path, signers.as_json(), put=os.link)
    return signers


def read_key_file(path: Path) -> Signers:
    """Return the keys of a file that only its owner may read; raises KeyRingError otherwise."""
    return parse(keys.read_private(path), source=str(path))


def add_key() -> Signers:
    """Put a new current key into the file beside the one that was; raises KeyRingError for given ones."""
    return _write(_signer(secrets.token_bytes(_SEED_BYTES)), keep=signers().all)


def drop_old() -> Signers:
    """Leave only the current key in the file: what was signed stays signed."""
    had = signers()
    return had if len(had.all) == 1 or settings.RECORD_KEYS else _write(had.all[had.current], keep={})


def begin_anew() -> Signers:
    """Put a new key into the file although the one before is lost; see `record_keys.announce`."""
    return _write(_signer(secrets.token_bytes(_SEED_BYTES)), keep={})


def _write(current: Signer, *, keep: Mapping[str, Signer]) -> Signers:
    if settings.RECORD_KEYS:
        raise KeyRingError("TANGGAP_RECORD_KEYS: a key given by the environment is changed there: see the guide.")
    made = Signers(current.key, {**keep, current.key: current})
    keys.place(settings.RECORD_KEY_FILE, made.as_json(), put=os.replace)
    return made


def signers() -> Signers:
    """Return the keys in force; raises KeyRingError that says what is wrong. A file that changed is read anew."""
    if settings.RECORD_KEYS:
        return _of_text(settings.RECORD_KEYS)
    path: Path = settings.RECORD_KEY_FILE
    try:
        found = path.stat()
    except OSError as error:
        raise KeyRingError(f"{path}: the key file cannot be read ({error.strerror}).") from error
    return _of_file(path, (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_mode))


@lru_cache(maxsize=4)
def _of_text(text: str) -> Signers:
    return parse(text, source="TANGGAP_RECORD_KEYS")


@lru_cache(maxsize=4)
def _of_file(path: Path, _seen: tuple[int, ...]) -> Signers:
    return read_key_file(path)


def current() -> Signer:
    """Return the key that signs; raises KeyRingError."""
    found = signers()
    return found.all[found.current]


def is_signed(body: bytes, signature: bytes, public: bytes) -> bool:
    """Say whether a signature over some bytes was made with the key that this is the public part of."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True
