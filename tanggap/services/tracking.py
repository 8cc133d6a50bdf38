"""Open a report to whoever shows its number and its tracking token, and tell everybody else nothing."""

from tanggap.domain import references
from tanggap.domain.actors import Reporter, System
from tanggap.selectors import reports
from tanggap.services import keys

# A number that is well formed and never given out: `make` draws at random, and this one fails its check.
_NOBODYS = "0000-0001"


def recognise(*, number: str, token: str) -> Reporter | None:
    """Return the reporter's capability when number and token belong together, else None.

    Whatever is wrong (no such number, a wrong token, text that is neither) costs the same: one derived
    token, one comparison, one look into the database.
    """
    parsed = references.parse(number) or _NOBODYS
    is_right = keys.token_matches(parsed, token)
    try:
        found = reports.get(viewer=System(), number=parsed)
    except reports.NotFoundError:
        return None
    return Reporter(found.pk) if is_right else None
