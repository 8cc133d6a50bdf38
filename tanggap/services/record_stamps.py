"""Have an outside authority say when a checkpoint was there (RFC 3161), where the operator has named one (ADR 0073).

The checkpoint is signed and published before, and waits for nobody: what was not stamped is asked for again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from tanggap.models import Checkpoint, CheckpointStamp
from tanggap.selectors import record

# Older ones are left alone: a stamp of today says little of a checkpoint of last year.
_BACK: Final = timedelta(days=30)
_A_ROUND: Final = 10


class Stamp(Protocol):
    """What an authority answers: the bytes as they came, and the time in them."""

    @property
    def response(self) -> bytes:
        """The whole answer."""

    @property
    def at(self) -> datetime:
        """The time that it says."""


def stamp(*, ask: Callable[[bytes], Stamp], now: datetime) -> int:
    """Ask for what has no stamp yet, the newest first; return how many came. Safe to run twice, or twice at once.

    Raises what `ask` raises: what came before stays, and the next round goes on.
    """
    waiting = Checkpoint.objects.select_related("key").filter(stamp__isnull=True, made_at__gt=now - _BACK)
    done = 0
    for row in waiting.order_by("-size")[:_A_ROUND]:
        made = ask(record.statement_of(row).body())
        CheckpointStamp.objects.bulk_create(
            [CheckpointStamp(checkpoint=row, stamped_at=made.at, response=made.response)], ignore_conflicts=True
        )
        done += 1
    return done
