"""Make the recap that somebody asked for."""

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from tanggap.adapters.outbound import recap_files
from tanggap.services import recaps

# Behind officers who wait at a page.
_PRIORITY = 4
_PATIENCE = RetryStrategy(max_attempts=20, wait=15, retry_exceptions=(OperationalError, InterfaceError))


@jobs.task(name=recaps.RUN, queue="bulk", priority=_PRIORITY, retry=_PATIENCE)
def make(*, recap_id: int) -> None:
    """Make one recap. Safe to run twice: what is over is not made again."""
    recaps.make(recap_id, render=recap_files.render, now=timezone.now())  # noqa: TID251 - a door
