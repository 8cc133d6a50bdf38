"""Go through many reports in a periodic job so that one broken report does not stop all the others."""

import logging
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError

log = logging.getLogger("tanggap.rounds")


class RoundError(Exception):
    """Some rows of a round failed; the others were done. The log names each by its id."""


def one_by_one(ids: Iterable[int], do: Callable[[int], int], *, what: str) -> int:
    """Do something to each row, in its own transaction inside `do`, and return the sum of what it returns.

    A row that fails is logged by id and the round goes on; RoundError at the end lets the job fail visibly,
    and its next round try again. A lost database ends the round at once: nothing after it could succeed.
    """
    done, failed = 0, []
    for pk in ids:
        try:
            done += do(pk)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("rounds.failed what=%s id=%s", what, pk)
            failed.append(pk)
    if failed:
        raise RoundError(f"{what}: {len(failed)} of them failed: {', '.join(map(str, failed[:20]))}")
    return done
