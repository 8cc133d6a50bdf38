"""Have the recap of an agency made: asked for once, done by the worker, kept whole, published by who answers for it.

What is kept is never changed. A correction is another recap of the same period, beside the one before.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.intake import clean
from tanggap.domain.recaps import SIGNED_LENGTH, State, Stretch, mark, may_make, may_publish
from tanggap.models import Recap, RecapFile
from tanggap.selectors import recap_figures
from tanggap.selectors.recap_figures import NothingYetError, Wanted
from tanggap.services import indicators
from tanggap.services.accounts import office_day

log = logging.getLogger("tanggap.recaps")

RUN: Final = "recaps.make"
SIGNED: Final = ("place", "title", "name")
UNDER_WAY: Final = (State.QUEUED.value, State.RUNNING.value)
_KEY_BYTES: Final = 16
# Whoever asks again after that sets a recap going anew whose maker was killed; twice does no harm.
_STUCK_AFTER: Final = timedelta(minutes=10)
KINDS: Final = ("pdf", "xlsx")

# Makes a file of a kind, of what is kept, its mark and who signs it.
type Render = Callable[[str, dict[str, Any], str, dict[str, str]], bytes]


type Asked = Recap


class NotAllowedError(Exception):
    """This is not for whoever asks."""


class NotBegunError(ValueError):
    """The period lies ahead."""


def ask(
    *,
    actor: Actor,
    agency_id: int,
    stretch: Stretch,
    signed: Mapping[str, str] | None = None,
    now: datetime,
    is_queued: bool = True,
) -> Recap:
    """Have a recap made, and return it; while one of the same period is under way, that one.

    What is not queued is made by whoever asks for it. Raises NotAllowedError, and NotBegunError.
    """
    if not may_make(actor, agency_id):
        raise NotAllowedError
    if stretch.days.first > office_day(now):
        raise NotBegunError(stretch.name)
    said = {name: clean((signed or {}).get(name, ""))[:SIGNED_LENGTH] for name in SIGNED}
    own = Recap.objects.filter(agency_id=agency_id, period=stretch.name, state__in=UNDER_WAY)
    with transaction.atomic():
        found = own.first()
        is_stuck = found is not None and found.asked_at <= now - _STUCK_AFTER
        if found is None:
            found = _begun(agency_id, stretch, said, user_of(actor), now)
            is_stuck = found is not None
        if found is not None and is_stuck and is_queued:
            _go_on(found)
        return found or own.get()


def _go_on(recap: Recap) -> None:
    jobs.configure_task(RUN, allow_unknown=False).defer(recap_id=recap.pk)


def _begun(
    agency_id: int, stretch: Stretch, signed: dict[str, str], user_id: int | None, now: datetime
) -> Recap | None:
    """Return a new recap; None where somebody else was faster by a moment."""
    try:
        with transaction.atomic():
            return Recap.objects.create(
                key=secrets.token_hex(_KEY_BYTES),
                agency_id=agency_id,
                period=stretch.name,
                asked_by_id=user_id,
                asked_at=now,
                signed={name: words for name, words in signed.items() if words},
            )
    except IntegrityError:
        return None


def make(recap_id: int, *, render: Render, now: datetime) -> Recap | None:
    """Gather the figures of a recap, have its files made, and keep all of it at once; None where it is over already.

    Safe to run twice, or twice at once: nothing is there before everything is. What cannot be made has failed.
    """
    recap = _claimed(recap_id)
    if recap is None:
        return None
    try:
        content, files = _made(recap, render, now)
    except NothingYetError:
        return _failed(recap, "nothing_yet", now)
    except Exception:
        _failed(recap, "error", now)
        raise
    return _kept(recap, content, files, now)


def _claimed(recap_id: int) -> Recap | None:
    with transaction.atomic():
        own = Recap.objects.select_for_update(of=("self",)).select_related("agency")
        recap = own.filter(pk=recap_id, state__in=UNDER_WAY).first()
        if recap is not None and recap.state == State.QUEUED:
            recap.state = State.RUNNING.value
            recap.save(update_fields=["state"])
        return recap


def _made(recap: Recap, render: Render, now: datetime) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    _note(recap, 0)
    with transaction.atomic():
        # Nothing is folded in between two of its tables.
        indicators.wait_alone()
        content = recap_figures.gather(Wanted(recap.agency, Stretch.named(recap.period), now))
    files: dict[str, bytes] = {}
    for done, kind in enumerate(KINDS, start=1):
        _note(recap, done)
        files[kind] = render(kind, content, mark(content), recap.signed)
    return content, files


def _note(recap: Recap, done: int) -> None:
    recap.done, recap.total = done, 1 + len(KINDS)
    recap.save(update_fields=["done", "total"])


def _failed(recap: Recap, reason: str, now: datetime) -> Recap:
    recap.state, recap.reason, recap.finished_at = State.FAILED.value, reason, now
    Recap.objects.filter(pk=recap.pk, state__in=UNDER_WAY).update(
        state=recap.state, reason=recap.reason, finished_at=now
    )
    return recap


@transaction.atomic
def _kept(recap: Recap, content: dict[str, Any], files: Mapping[str, bytes], now: datetime) -> Recap | None:
    own = Recap.objects.select_for_update().filter(pk=recap.pk, state__in=UNDER_WAY).first()
    if own is None:  # a second maker was faster
        return None
    RecapFile.objects.bulk_create(RecapFile(recap=own, kind=kind, content=made) for kind, made in files.items())
    own.state, own.finished_at = State.DONE.value, now
    own.content, own.checksum, own.done = content, mark(content), own.total
    own.save(update_fields=["state", "finished_at", "content", "checksum", "done"])
    log.info("recaps.made agency=%s period=%s", own.agency_id, own.period)
    return own


@transaction.atomic
def publish(*, actor: Actor, recap_id: int, now: datetime) -> Recap:
    """Let everybody read a recap that is done; published, it stays. Raises NotAllowedError."""
    recap = Recap.objects.select_for_update().filter(pk=recap_id, state=State.DONE.value).first()
    if recap is None or not may_publish(actor, recap.agency_id):
        raise NotAllowedError
    if recap.published_at is None:
        recap.published_at, recap.published_by_id = now, user_of(actor)
        recap.save(update_fields=["published_at", "published_by"])
    return recap
