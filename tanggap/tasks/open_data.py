"""Let packages of open data be made by a process of their own: it takes minutes, and the worker has mails to send."""

import logging
import subprocess
import sys
from datetime import datetime
from typing import Final

from django.conf import settings

from tanggap.adapters import demo_state
from tanggap.adapters import open_data_shelf as shelf
from tanggap.services import open_data_due

log = logging.getLogger("tanggap.open_data")

_COMMAND: Final = (sys.executable, "-m", "django", "open_data", "--publish", "--settings", "config.settings")


# What this worker started last: asked at each round, so that no child is left unheard.
_started: "list[subprocess.Popen[bytes]]" = []


def publish(now: datetime) -> bool:
    """Start making the packages that are due; say whether there are any. One process at a time does so.

    Where the setting says that none are begun, those that were published before are kept as they must be: what was
    made secret since leaves them at once.
    """
    _started[:] = [child for child in _started if child.poll() is None]
    if _started:
        return False
    if demo_state.is_growing(settings.DATA_DIR):
        return False
    made = {one.name: one.made_at for one in shelf.listed(settings.OPEN_DATA_DIR)}
    if not (made or settings.OPEN_DATA_IS_MADE):
        return False
    if not (open_data_due.due(made, now=now) or open_data_due.without_ground(made)):
        return False
    # It is not waited for. What it says goes where the worker's own words go.
    child = subprocess.Popen(_COMMAND, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)
    _started.append(child)
    log.info("open_data.started pid=%s", child.pid)
    return True
