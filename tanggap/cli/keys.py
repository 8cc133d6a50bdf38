"""The keys of an installation: made once beside the data, or given in TANGGAP_KEYS."""

import base64
import hashlib
import os
import sys
from pathlib import Path

from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder
from tanggap.services.keys import KeyRing, KeyRingError, make_key_file, parse_ring, read_key_file

NAME = "keys.json"


def place(folder: Folder) -> Path:
    """Return the key file: TANGGAP_KEY_FILE, else the one in the data folder."""
    named = os.environ.get("TANGGAP_KEY_FILE")
    return Path(named).absolute() if named else folder.path / NAME


def load(folder: Folder) -> KeyRing:
    """Return the keys: from TANGGAP_KEYS, from the key file, or newly made for a new folder.

    A folder that has been used and lost its keys is refused: new ones would open nothing
    that the vault holds, and would hide that loss.
    """
    try:
        given = os.environ.get("TANGGAP_KEYS")
        if given:
            return parse_ring(given, source="TANGGAP_KEYS")
        path = place(folder)
        with folder.locked("keys.lock"):
            if path.exists():
                return read_key_file(path)
            return _make(folder, path)
    except KeyRingError as error:
        raise CommandError(str(error)) from error


def _make(folder: Folder, path: Path) -> KeyRing:
    if not folder.is_new:
        raise CommandError(
            f"The key file {path} is missing. Without it the identities in the vault cannot be read. "
            "Put it back from a backup."
        )
    made = make_key_file(path)
    print(
        f"tanggap: made new keys in {path} (mode 0600). Without this file no reporter's identity can be read: "
        "back it up, away from the database.",
        file=sys.stderr,
    )
    return made


def site_secret(ring: KeyRing) -> str:
    """Return the secret that signs sessions and forms."""
    return base64.b64encode(ring.secret).decode("ascii")


def mark(ring: KeyRing) -> str:
    """Return a mark that tells whether two rings belong together, and gives nothing away.

    Taken from the lookup key: that one is never rotated, since every stored lookup hangs on it.
    """
    return hashlib.sha256(b"tanggap-keys:" + ring.lookup).hexdigest()[:16]
