"""What waits beside the lists of a desk, counted in one question: where somebody is mentioned, comments of readers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tanggap.domain.actors import Officer
from tanggap.models import Agency
from tanggap.selectors import comments, notes, published_comments


@dataclass(frozen=True, slots=True)
class Beside:
    """How many mentions were not read, how many comments wait for a decision, and whether the agency takes them."""

    mentions: int
    comments: int
    takes_comments: bool


def of(*, viewer: Officer) -> Beside:
    """Return what waits for an officer beside the lists. Takes one query."""
    decides = comments.may_decide(viewer)
    is_on = Subquery(published_comments.rules(viewer.agency_id).values("is_on")[:1], output_field=BooleanField())
    row = (
        Agency.objects.filter(pk=viewer.agency_id)
        .values_list(
            _number(notes.mentions(viewer=viewer)),
            _number(comments.undecided(viewer=viewer)) if decides else Value(0),
            Coalesce(is_on, False) if decides else Value(False),
        )
        .first()
    )
    return Beside(*row) if row else Beside(0, 0, False)


def _number(rows: QuerySet[Any]) -> Coalesce:
    """Return how many rows there are, as one value of a query around it."""
    counted = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
