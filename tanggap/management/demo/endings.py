"""What the clock brings to an installation that has run a while: closed periods, a signed record, a published recap.

The jobs that do so look at fixed minutes; whoever opens a demonstration looks at once. Safe to run twice: what is
there is left as it is, and the jobs find nothing more to do.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from tanggap.adapters.outbound import recap_files
from tanggap.domain.recaps import State, Stretch
from tanggap.management.demo.corpus_templates import SIGNER
from tanggap.management.demo.offices import PROVINCE, Offices
from tanggap.selectors import published_recaps
from tanggap.services import indicators, periods, recaps, record

_PACKAGES: Final = "open_data.publish"
_SIGNED: Final = {"place": "Serang", "title": SIGNER}


def end(*, now: datetime) -> None:
    """Close the months and years that are over, then log what happened and sign the log."""
    with transaction.atomic():
        # The worker folds every few seconds: no month is closed while it does, nor while much waits for it.
        indicators.wait_alone()
        indicators.fold(now=now)
        periods.close(now=now)
    record.daily(now=now)


def publish_recap(offices: Offices, *, now: datetime) -> None:
    """Have the admin of the province ask for the recap of the year that is over and publish it, once."""
    admin, stretch = offices.admin(PROVINCE), Stretch.named(str(timezone.localdate(now).year - 1))
    try:
        published_recaps.get(PROVINCE, stretch.name)
    except published_recaps.NotFoundError:
        agency_id = offices.agency_id(PROVINCE)
        asked = recaps.ask(actor=admin, agency_id=agency_id, stretch=stretch, signed=_SIGNED, now=now, is_queued=False)
        made = recaps.make(asked.pk, render=recap_files.render, now=now)
        if made is not None and made.state == State.DONE:
            recaps.publish(actor=admin, recap_id=made.pk, now=now)


def let_packages_be_made(*, now: datetime) -> None:
    """Have the worker make the packages of open data now: it takes longer than anybody waits for a demonstration."""
    job = jobs.configure_task(_PACKAGES, allow_unknown=False)
    try:
        with transaction.atomic():
            job.defer(timestamp=int(now.timestamp()))
    except AlreadyEnqueued:
        pass  # its round is due anyhow
