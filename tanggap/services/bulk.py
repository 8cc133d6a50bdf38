"""Work that takes longer than a page may: asked for here, done by the worker, its progress on a page of its own."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from tanggap.domain.actors import OfficeHolder, Officer, officer, unit_of
from tanggap.models import AccessLog, BulkJob
from tanggap.selectors import accounts
from tanggap.services.accounts import office_day

RUN: Final = "bulk.run"
_KEY_BYTES: Final = 16


@transaction.atomic
def start(
    *, actor: OfficeHolder, kind: str, asked: Mapping[str, Any], total: int, now: datetime, is_queued: bool = True
) -> BulkJob:
    """Put work into the queue and return its job; it begins when this transaction is over.

    What is not queued is done by whoever asked for it, in the same breath.
    """
    job = BulkJob.objects.create(
        key=secrets.token_hex(_KEY_BYTES),
        kind=kind,
        user_id=actor.user_id,
        role=actor.role.value,
        agency_id=actor.agency_id,
        unit_id=unit_of(actor),
        asked=dict(asked),
        total=total,
        created_at=now,
    )
    if is_queued:
        go_on(job)
    return job


def go_on(job: BulkJob) -> None:
    """Put a job into the queue, behind whatever is more urgent than it."""
    jobs.configure_task(RUN, allow_unknown=False).defer(job_id=job.pk)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is to be done now, by whom."""

    job: BulkJob
    actor: OfficeHolder

    @property
    def officer(self) -> Officer:
        """Return who works at the desk; lists and sheets are asked for there alone."""
        found = officer(self.actor)
        if found is None:
            raise TypeError(f"{self.actor.role} does not work at the desk.")
        return found


def claim(job_id: int, *, now: datetime) -> Claimed | None:
    """Return a job that is to be done, or None when it is over; a job of one who left the office has failed.

    Safe to run twice: what was running goes on, or begins anew where its kind keeps no lines.
    """
    with transaction.atomic():
        job = BulkJob.objects.select_for_update().filter(pk=job_id, state__in=["queued", "running"]).first()
        if job is None:
            return None
        offices = accounts.officers_of(job.user_id, office_day(now))
        actor = next((office for office in offices if is_of(job, office)), None)
        if actor is None:
            settle(job, is_done=False, now=now)
            return None
        job.state = "running"
        job.save(update_fields=["state"])
    return Claimed(job, actor)


def is_of(job: BulkJob, actor: OfficeHolder) -> bool:
    """Say whether this is the office in which the job was asked for."""
    here = (actor.user_id, actor.role.value, actor.agency_id, unit_of(actor))
    return here == (job.user_id, job.role, job.agency_id, job.unit_id)


def note(job: BulkJob, *, done: int) -> None:
    """Say how far a job is."""
    job.done = done
    job.save(update_fields=["done"])


def settle(job: BulkJob, *, is_done: bool, now: datetime) -> None:
    """End a job."""
    job.state, job.finished_at = "done" if is_done else "failed", now
    job.save(update_fields=["state", "finished_at"])


def log(*, actor: OfficeHolder, kind: str, reason: str, detail: Mapping[str, Any], now: datetime) -> None:
    """Write down that somebody looks at what points at people beyond one report, before it is done."""
    AccessLog.objects.create(
        at=now,
        kind=kind,
        user_id=actor.user_id,
        role=actor.role.value,
        agency_id=actor.agency_id,
        unit_id=unit_of(actor),
        reason=reason,
        detail=dict(detail),
    )
