"""The browsers in which a person is signed in: written at sign-in, ended from the own page, alerted about when new.

What is kept is the family of the browser and two moments: no address of the network, no place.
"""

import re
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.contrib.sessions.models import Session
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from tanggap.models import Device, SignInDay, User

log = structlog.get_logger("tanggap.devices")

ALERT: Final = "devices.alert"
TOUCH_EVERY: Final = timedelta(minutes=15)
# The first that fits: every one of these says that it is Chrome or Safari, too.
_BROWSERS: Final = (
    (re.compile(r"Edg(e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrom(e|ium)/|CriOS/"), "Chrome"),
    (re.compile(r"Safari/"), "Safari"),
)
_SYSTEMS: Final = (
    (re.compile(r"Android"), "Android"),
    (re.compile(r"iPhone|iPad"), "iOS"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "macOS"),
    (re.compile(r"Linux|X11|cross"), "Linux"),
)


def browser_of(agent: str) -> str:
    """Return the family of a browser and of what it runs on, 'Chrome · Android', or '' for what nobody knows."""
    found = (next((name for pattern, name in table if pattern.search(agent)), "") for table in (_BROWSERS, _SYSTEMS))
    return " · ".join(part for part in found if part)


@transaction.atomic
def signed_in(*, user_id: int, session_key: str, agent: str, is_known: bool, now: datetime) -> None:
    """Note the browser of a new session; a mail tells the person when the account was never opened in it before.

    The very first sign-in of an account is no news to anybody.
    """
    browser = browser_of(agent)
    Device.objects.update_or_create(
        session_key=session_key,
        defaults={"user_id": user_id, "browser": browser, "since": now, "seen_at": now},
    )
    was_there = SignInDay.objects.filter(user_id=user_id).exists()
    if not is_known and was_there and User.objects.filter(pk=user_id).exclude(email="").exists():
        jobs.configure_task(ALERT, allow_unknown=False).defer(user_id=user_id, browser=browser, at=now.isoformat())


def seen(*, user_id: int, before: str, session_key: str, now: datetime) -> None:
    """Note that a session is in use, under its key of now: a new password gives it another one."""
    Device.objects.filter(user_id=user_id, session_key=before).update(session_key=session_key, seen_at=now)


def end(*, user_id: int, device_id: int) -> bool:
    """End one session of a person; False where it is none of theirs."""
    key = Device.objects.filter(user_id=user_id, pk=device_id).values_list("session_key", flat=True).first()
    return key is not None and _end(user_id, [key]) > 0


def end_others(*, user_id: int, but: str) -> int:
    """End every session of a person but one; returns how many."""
    found = Device.objects.filter(user_id=user_id).exclude(session_key=but)
    return _end(user_id, list(found.values_list("session_key", flat=True)))


def end_all(*, user_id: int) -> int:
    """End every session of a person, for somebody else; returns how many."""
    return end_others(user_id=user_id, but="")


def forget(*, session_key: str) -> None:
    """Forget a session that was ended by signing out."""
    Device.objects.filter(session_key=session_key).delete()


def purge(*, now: datetime) -> int:
    """Remove what has no session any more; returns how many. Safe to run twice."""
    live = Session.objects.filter(expire_date__gt=now).values("session_key")
    return Device.objects.exclude(session_key__in=live).delete()[0]


@transaction.atomic
def _end(user_id: int, keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    ended = Device.objects.filter(session_key__in=keys).delete()[0]
    log.info("devices_ended", user_id=user_id, count=ended)
    return ended
