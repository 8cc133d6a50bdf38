"""The one table of what happens by the clock: when, under which name, which service.

A round that is missed is made up for by the next, and one that runs twice does no harm: the services look
for what is due, not for what is new. At most one round of each waits at a time (`queueing_lock`), so
nothing piles up while the worker is away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app as queue

from tanggap.adapters import demo_state, exports, imports
from tanggap.adapters.outbound import timestamps
from tanggap.adapters.scanning import staging
from tanggap.domain.exports import KEPT
from tanggap.domain.imports import KEPT as SHEET_KEPT
from tanggap.selectors import attachments
from tanggap.services import (
    citizen_codes,
    closing,
    comments,
    counters,
    devices,
    digests,
    drafts,
    escalation,
    finding,
    handing_over,
    indicators,
    jobs,
    leaving,
    limits,
    maps,
    messages,
    moderation,
    parts,
    periods,
    presence,
    problems,
    record,
    record_stamps,
    reminders,
    short_messages,
    staleness,
    unsent,
)
from tanggap.tasks import open_data

QUEUE = "periodic"
# Before the mails: a thousand of them must not keep a report from being closed in time.
_PRIORITY = 10
# A younger file without a row may belong to a form that is still being sent.
_STAGED_FOR = timedelta(days=1)


def _fold_counters(_now: datetime) -> None:
    counters.fold()


def _sweep_attachments(now: datetime) -> None:
    staging.sweep(settings.ATTACHMENTS_DIR, known_keys=attachments.known_keys, older_than=now - _STAGED_FOR)


def _sweep_exports(now: datetime) -> None:
    exports.sweep(settings.EXPORTS_DIR, older_than=now - KEPT)


def _sweep_imports(now: datetime) -> None:
    imports.sweep(settings.IMPORTS_DIR, older_than=now - SHEET_KEPT)


def _remove_old_jobs(_now: datetime) -> None:
    jobs.remove_old()


def _checkpoint(now: datetime) -> None:
    # Demo data that still grow tell of a past: they come first, and the first checkpoint after them.
    if not demo_state.is_growing(settings.DATA_DIR):
        record.daily(now=now)


def _stamp(now: datetime) -> None:
    if url := settings.TIMESTAMP_URL.strip():
        record_stamps.stamp(ask=partial(timestamps.ask, url), now=now)


@dataclass(frozen=True, slots=True)
class Periodic:
    """One job: its crontab line (minute first; a sixth field are seconds), its name and what it does."""

    cron: str
    name: str
    run: Callable[[datetime], object]


PERIODIC: tuple[Periodic, ...] = (
    Periodic("* * * * * */15", "counters.fold", _fold_counters),
    Periodic("* * * * * */10", "search.index", lambda _now: finding.index()),
    Periodic("* * * * * */15", "indicators.fold", lambda now: indicators.fold(now=now)),
    Periodic("50 * * * *", "indicators.close", lambda now: periods.close(now=now)),
    Periodic("* * * * *", "deadlines.flag_overdue", lambda now: reminders.flag_overdue(now=now)),
    Periodic("5 * * * *", "reports.flag_stale", lambda now: staleness.flag_stale(now=now)),
    Periodic("* * * * *", "jobs.retry_stalled", lambda now: jobs.retry_stalled(now=now)),
    Periodic("*/5 * * * *", "duty.hand_over", lambda now: handing_over.hand_over(now=now)),
    Periodic("*/5 * * * *", "deadlines.escalate", lambda now: escalation.escalate(now=now)),
    Periodic("*/5 * * * *", "deadlines.remind", lambda now: reminders.remind(now=now)),
    Periodic("*/5 * * * *", "reports.auto_close", lambda now: closing.auto_close(now=now)),
    Periodic("*/5 * * * *", "reports.expire_data_requests", lambda now: closing.expire_data_requests(now=now)),
    Periodic("35 * * * *", "reports.lift_conflicts", lambda now: closing.lift_conflicts(now=now)),
    Periodic("*/15 * * * *", "reports.ask_schedules", lambda now: closing.ask_schedules(now=now)),
    Periodic("*/5 * * * *", "reports.ask_arbiter", lambda now: closing.ask_arbiter(now=now)),
    Periodic("*/5 * * * *", "reports.leave_closed_agencies", lambda now: leaving.leave_closed_agencies(now=now)),
    Periodic("*/5 * * * *", "reports.leave_closed_units", lambda now: leaving.leave_closed_units(now=now)),
    Periodic("* * * * *", "reports.settle_parts", lambda now: parts.settle(now=now)),
    # Three zones see seven o'clock at three different hours; the service knows whose turn it is.
    Periodic("0 * * * *", "messages.digest", lambda now: digests.digest(now=now)),
    Periodic("*/5 * * * *", "messages.tell_together", lambda now: messages.tell_together(now=now)),
    Periodic("10 * * * *", "messages.requeue", lambda now: messages.requeue(now=now)),
    Periodic(
        "*/5 * * * *",
        "short_messages.sweep",
        lambda now: short_messages.sweep(good_for=citizen_codes.GOOD_FOR, now=now),
    ),
    Periodic("20 * * * *", "attachments.sweep", _sweep_attachments),
    Periodic("25 * * * *", "exports.sweep", _sweep_exports),
    Periodic("25 * * * *", "imports.sweep", _sweep_imports),
    Periodic("25 * * * *", "devices.purge", lambda now: devices.purge(now=now)),
    Periodic("30 * * * *", "limits.purge", lambda now: limits.purge(now=now)),
    Periodic("25 * * * *", "presence.purge", lambda now: presence.purge(now=now)),
    Periodic("*/5 * * * *", "unsent.purge", lambda now: unsent.purge(now=now)),
    Periodic("35 * * * *", "drafts.sweep", lambda now: drafts.sweep(now=now)),
    Periodic("*/5 * * * *", "maps.count", lambda now: maps.count(now=now)),
    Periodic("45 * * * *", "comments.purge", lambda now: comments.purge(now=now)),
    Periodic("55 * * * *", "problems.find", lambda now: problems.find(now=now)),
    Periodic("50 * * * *", "moderation.count", lambda now: moderation.count(now=now)),
    Periodic("40 * * * *", "jobs.remove_old", _remove_old_jobs),
    # Each round looks; what is due is made by a process of its own.
    Periodic("*/15 * * * *", "open_data.publish", open_data.publish),
    # Soon after midnight; a round that was missed is made up for by the next, and a day has one checkpoint.
    Periodic("15 * * * *", "record.checkpoint", _checkpoint),
    # What an authority did not stamp (it was away) is asked for again; why, the log of the worker says.
    Periodic("20 * * * *", "record.stamp", _stamp),
)


def _register(job: Periodic) -> None:
    """Make a job of a row. `timestamp` is the moment it was meant for; what is due now counts, so it is not used."""

    def work(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
        job.run(timezone.now())  # noqa: TID251 - a door

    task = queue.task(name=job.name, queue=QUEUE, priority=_PRIORITY, queueing_lock=job.name)(work)
    queue.periodic(cron=job.cron)(task)


for _job in PERIODIC:
    _register(_job)
