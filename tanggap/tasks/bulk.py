"""Do what was asked for on many reports at once."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from tanggap.adapters import exports as files
from tanggap.adapters import imports as sheets_in
from tanggap.adapters.outbound import sheets
from tanggap.domain.exports import HEADINGS, Format, Layout
from tanggap.domain.imports import Kind, SheetError
from tanggap.selectors import narrowing
from tanggap.services import bulk, bulk_acts, exports, imports
from tanggap.services.bulk import Claimed

_SAID_EVERY = 500
_PATIENCE_FOR_SHEETS = 900  # seconds of a busy machine


# The database was away, or two acts met: the job is left as it is, and goes on where it stopped.
_AWAY = (OperationalError, InterfaceError)
_PATIENCE = RetryStrategy(max_attempts=20, wait=15, retry_exceptions=_AWAY)


# An officer who waits at a page is served before a thousand mails, after the rounds and the codes for signing in.
_PRIORITY = 5
# Some seconds of work. Then what is more urgent has its turn, and the job goes on behind it.
MOST_AT_ONCE = 200


@jobs.task(name=bulk.RUN, queue="bulk", priority=_PRIORITY, retry=_PATIENCE)
def run(*, job_id: int) -> None:
    """Do one job, or as much of it as may be done in one go. Safe to run twice: what is over is not done again."""
    now = timezone.now()  # noqa: TID251 - a door
    claimed = bulk.claim(job_id, now=now)
    if claimed is None:
        return
    try:
        is_over = _KINDS[claimed.job.kind](claimed, now)
    except _AWAY:
        raise
    except Exception:
        bulk.settle(claimed.job, is_done=False, now=timezone.now())  # noqa: TID251 - a door
        raise
    if is_over:
        bulk.settle(claimed.job, is_done=True, now=timezone.now())  # noqa: TID251 - a door
    else:
        bulk.go_on(claimed.job)


def _export(claimed: Claimed, now: datetime) -> bool:
    job, asked = claimed.job, claimed.job.asked
    layout, kind = Layout(asked["layout"]), Format(asked["format"])
    filters = narrowing.read(asked["list"], claimed.actor.role)
    found = exports.lines(actor=claimed.officer, filters=filters, reason=asked["reason"], now=now)

    def rows() -> Iterator[tuple[str, ...]]:
        done = 0
        for done, line in enumerate(found, start=1):
            if done % _SAID_EVERY == 0:
                bulk.note(job, done=done)
            yield line.cells(layout)
        bulk.note(job, done=done)

    with files.create(settings.EXPORTS_DIR, job.key) as file:
        sheets.write(file, kind, HEADINGS[layout], rows())
    files.finish(settings.EXPORTS_DIR, job.key)
    return True


def _acts(claimed: Claimed, now: datetime) -> bool:
    return bulk_acts.run(claimed.job, actor=claimed.actor, now=now, most=MOST_AT_ONCE)


def _check(claimed: Claimed, now: datetime) -> bool:
    job, folder, key = claimed.job, settings.IMPORTS_DIR, claimed.job.asked["sheet"]
    try:
        if sheets_in.is_unread(folder, key):
            taken = sheets_in.read(folder, key, most_rows=settings.IMPORT_MOST_ROWS, patience=_PATIENCE_FOR_SHEETS)
            imports.expected(job, taken.count - 1)
        imports.check(job, actor=claimed.officer, rows=sheets_in.rows(folder, key), now=now)
    except SheetError as error:
        imports.refuse(job, error.fault)
    return True


def _import(claimed: Claimed, now: datetime) -> bool:
    asked = imports.checked_by(claimed.job).asked
    folder, sheet = settings.IMPORTS_DIR, asked["sheet"]
    headings, _body = imports.body_of(Kind(asked["what"]), sheets_in.rows(folder, sheet))
    with sheets_in.reader(folder, sheet) as at:
        return imports.run(claimed.job, actor=claimed.officer, headings=headings, at=at, now=now, most=MOST_AT_ONCE)


_KINDS = {
    exports.KIND: _export,
    bulk_acts.ACT: _acts,
    bulk_acts.UNDO: _acts,
    imports.CHECK: _check,
    imports.RUN: _import,
}
