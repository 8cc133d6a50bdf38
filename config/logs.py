"""What a line of the log may hold: routes instead of addresses, and errors of the database without the row.

The address of a report says that it exists, and PostgreSQL repeats the row that it refused, with everything
that a reporter wrote. Neither has a place where operators read.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

import psycopg
from django.db import Error as DatabaseError

type ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class RoutesOnly(logging.Filter):
    """Puts the route, such as `meja/<str:number>`, in the place of an address that Django would log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where it is about a request; every record passes."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path is not None and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(no route)"
            record.args = tuple(route if value == path else value for value in record.args)
        return True


def without_rows(exc_info: ExcInfo) -> str:
    """Return a traceback with its causes, in which errors of the database name what was refused and no value."""
    return "\n".join(_told(error) for error in reversed(list(_chain(exc_info[1]))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    words = str(error)
    if isinstance(error, psycopg.Error | DatabaseError):
        # DETAIL repeats the row, LINE the statement; what follows a colon may be a value.
        words = words.partition("\n")[0].partition(":")[0]
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{frames}{type(error).__qualname__}: {words}"
