"""What stands beside a form on the page of a report: the officer's draft of it, and drafts without a form."""

from datetime import datetime
from typing import Any

from tanggap.web.workbench import deeds, drafts
from tanggap.web.workbench.attempts import Attempt
from tanggap.web.workbench.forms import Desk


def beside(desk: Desk, attempt: Attempt | None, now: datetime) -> dict[str, Any]:
    """Return what the page of a report shows of the officer's own writing."""
    made: dict[str, Any] = {"left_drafts": drafts.left(desk, deeds.possible(desk), now)}
    if attempt is not None and drafts.is_kept(attempt.form):
        made["draft"] = drafts.line(desk, attempt.action, attempt.draft, now)
    return made
