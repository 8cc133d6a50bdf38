"""Open a report to whoever shows its number and its tracking token, and tell everybody else nothing."""

from tanggap.domain import references
from tanggap.domain.actors import Reporter, System
from tanggap.domain.case import project
from tanggap.selectors import reports
from tanggap.services import keys

# A number that is well formed and never given out: `make` draws at random, and this one fails its check.
_NOBODYS = "0000-0001"


def recognise(*, number: str, token: str) -> Reporter | None:
    """Return the reporter's capability when number and token belong together, else None.

    The token of a report that was divided opens its parts too: its reporter has one receipt. Whatever is wrong
    (no such number, a wrong token, text that is neither) costs the same: two derived tokens, two comparisons,
    one look into the database.
    """
    parsed = references.parse(number) or _NOBODYS
    try:
        found = reports.get(viewer=System(), number=parsed)
    except reports.NotFoundError:
        found = None
    is_right = keys.token_matches(parsed, token)
    is_right |= keys.token_matches((found.part_of if found is not None else "") or _NOBODYS, token)
    return Reporter(found.pk) if found is not None and is_right else None


def part_of(reporter: Reporter, number: str) -> Reporter | None:
    """Return the capability for a part of the reporter's own report, or for the whole that it is a part of, or None."""
    own = reports.own(viewer=reporter)
    facts = project(reports.events_of(own.pk))
    if number not in {*facts.parts, facts.part_of} - {""}:
        return None
    return Reporter(reports.get(viewer=System(), number=number).pk)
