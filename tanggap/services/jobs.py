"""Look after the queue itself: jobs of workers that died, and jobs that are long done."""

from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

# A worker says every ten seconds that it lives, and the library itself counts it as dead after thirty.
_DEAD_AFTER = timedelta(seconds=30)
_KEEP_DONE_HOURS = 24
_KEEP_FAILED_HOURS = 30 * 24


def retry_stalled(*, now: datetime) -> int:
    """Give the jobs that a dead worker held back to the queue; returns how many.

    A periodic job is let go instead: its next round does the work, and may be waiting already. Heartbeats are
    written with the clock of the database, so they are compared with it. Safe to run twice.
    """
    dead = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=Now() - _DEAD_AFTER)
    held = ProcrastinateJob.objects.filter(dead, status=Status.DOING.value).order_by("pk")
    return sum(_give_back(pk, lock, now=now) for pk, lock in held.values_list("pk", "queueing_lock"))


def _give_back(job_id: int, queueing_lock: str | None, *, now: datetime) -> int:
    try:
        with transaction.atomic():
            if queueing_lock is None:
                queue.job_manager.retry_job_by_id(job_id, retry_at=now)
            else:
                async_to_sync(queue.job_manager.finish_job_by_id_async)(job_id, Status.FAILED, delete_job=False)
    except ConnectorException:
        return 0  # it was finished between the look and the act
    return 1


def remove_old() -> None:
    """Remove jobs that succeeded a day ago, and those that failed a month ago; messages keep their own state."""
    remove = async_to_sync(queue.job_manager.delete_old_jobs)
    remove(nb_hours=_KEEP_DONE_HOURS)
    remove(nb_hours=_KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)
