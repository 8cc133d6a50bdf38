"""All that is kept of a citizen, for the citizen alone, to take along (UU 27/2022 Ps 13)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tanggap.domain.actors import Reporter
from tanggap.models import Comment
from tanggap.selectors import citizen_reports, comments
from tanggap.services import vault
from tanggap.services.citizens import SignedIn


def collect(who: SignedIn, *, now: datetime) -> dict[str, Any]:
    """Return the account, the own reports as they were filed, each with the identity in the vault, the own comments,
    and the public reports that are followed and supported.
    """
    account = who.account
    own = who.reporters()
    filed = citizen_reports.filed(viewer=own)
    return {
        "made_at": now.isoformat(),
        "address": account.address,
        "since": account.since,
        "language": account.language,
        "wants_mail": account.wants_mail,
        "reports": [{**filed[one.report_id], "identity": _identity(one)} for one in own],
        "follows": [row.number for row in citizen_reports.followed(account.follows)],
        "comments": [_comment(row) for row in comments.own(account.comments)],
        "supports": [row.number for row in citizen_reports.followed(account.supports)],
    }


def _comment(row: Comment) -> dict[str, str]:
    return {"name": row.name, "text": row.body, "state": row.state, "written_on": row.written_on.isoformat()}


def _identity(own: Reporter) -> dict[str, str] | None:
    try:
        return asdict(vault.own(own.report_id, actor=own))
    except vault.NothingSealedError:
        return None
