"""The key that signs the record: made beside the other keys for an installation that has none yet (ADR 0060)."""

import os
import sys
from pathlib import Path
from typing import Any

from psycopg import Connection

from tanggap.cli import keys as key_files
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import Folder
from tanggap.services import signing
from tanggap.services.keys import KeyRingError

NAME = "record-key.json"


def place(folder: Folder) -> Path:
    """Return the key file: TANGGAP_RECORD_KEY_FILE, else the one beside the file of the vault's keys."""
    named = os.environ.get("TANGGAP_RECORD_KEY_FILE")
    return Path(named).absolute() if named else key_files.place(folder).with_name(NAME)


def settle(folder: Folder, connection: Connection[Any]) -> None:
    """Make the key where no checkpoint was ever signed; where one was and the key is gone, say so and go on.

    Without it the site serves, but signs no receipt and no checkpoint. Raises CommandError for a file that cannot be
    used.
    """
    path = place(folder)
    with folder.locked("keys.lock"):
        if os.environ.get("TANGGAP_RECORD_KEYS"):
            return
        if path.exists():
            _look_at(path)
        elif connection.execute("SELECT EXISTS (SELECT FROM tanggap_recordkey)").fetchone() == (True,):
            print(
                f"tanggap: the key that signs the record is missing ({path}). Put it back from a backup, or give it "
                "in TANGGAP_RECORD_KEYS; until then no receipt and no checkpoint is signed.",
                file=sys.stderr,
            )
        else:
            signing.make_key_file(path)
            print(f"tanggap: made a key that signs the record in {path} (mode 0600): back it up.", file=sys.stderr)


def _look_at(path: Path) -> None:
    try:
        signing.read_key_file(path)
    except KeyRingError as error:
        raise CommandError(str(error)) from error
