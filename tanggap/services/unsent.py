"""Keep a form that came when its session was over, until its officer has signed in again (ADR 0054).

It holds the name and the address of a citizen, so it is sealed whole under a data key of its own, as the vault seals,
and bound to the account and to the form: moved to another row, it does not open.
"""

import json
import logging
from datetime import datetime

from tanggap.domain.actors import Officer
from tanggap.domain.drafts import MOST_CHARACTERS, size
from tanggap.domain.unsent import LASTS, Unsent, Values
from tanggap.models import UnsentForm
from tanggap.selectors import unsent as unsent_selectors
from tanggap.services import keys

log = logging.getLogger("tanggap.unsent")


class TooLongError(ValueError):
    """More was typed than any form of ours takes."""


def keep(*, actor: Officer, form_key: str, values: Values, now: datetime) -> int:
    """Keep what was typed in a form of this officer, and return the key of the row.

    Sent twice it is one row, with the newest words. Raises TooLongError.
    """
    if size(values) > MOST_CHARACTERS:
        raise TooLongError(form_key)
    data_key = keys.new_data_key()
    version, wrapped = keys.wrap(data_key)
    plain = json.dumps({name: list(texts) for name, texts in values.items()}, ensure_ascii=False).encode()
    row = UnsentForm(user_id=actor.user_id, form_key=form_key, key_version=version, wrapped_key=wrapped, kept_at=now)
    row.sealed = keys.seal(data_key, plain, _context(row))
    (stored,) = UnsentForm.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "form_key"],
        update_fields=["key_version", "wrapped_key", "sealed", "kept_at"],
    )
    return stored.pk


def open_(*, actor: Officer, pk: int, now: datetime) -> Unsent | None:
    """Return what the officer typed; None when it is gone or somebody else's. It stays until it is sent or lapses."""
    row = unsent_selectors.get(viewer=actor, pk=pk, now=now)
    if row is None:
        return None
    data_key = keys.unwrap(row.key_version, bytes(row.wrapped_key))
    return Unsent(row.form_key, json.loads(keys.open_(data_key, bytes(row.sealed), _context(row))), row.kept_at)


def discard(*, actor: Officer, form_key: str) -> None:
    """Remove what was kept of a form: it has come by a session that is good."""
    UnsentForm.objects.filter(user_id=actor.user_id, form_key=form_key).delete()


def purge(*, now: datetime) -> int:
    """Remove what nobody came back for, and return how many; safe to run twice."""
    count, _by_table = UnsentForm.objects.filter(kept_at__lte=now - LASTS).delete()
    if count:
        log.info("unsent.purged count=%s", count)
    return count


def _context(row: UnsentForm) -> bytes:
    return f"unsent form:{row.user_id}:{row.form_key}".encode()
