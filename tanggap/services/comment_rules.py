"""Whether an agency takes comments of readers: its admin decides, with a ground that is kept (ADR 0070)."""

from datetime import datetime

from django.db import transaction

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.comments import GROUND_MOST
from tanggap.domain.intake import clean
from tanggap.domain.organisation import Change, Fault
from tanggap.models import CommentRule
from tanggap.selectors import published_comments
from tanggap.services import administration, organisation
from tanggap.services.organisation import OrganisationError


@transaction.atomic
def change(*, actor: Actor, agency_id: int, is_on: bool, ground: str, now: datetime) -> None:
    """Take comments on the reports of an agency, or no more new ones. Errors: OrganisationError.

    Switched off, nothing vanishes: what was shown stays, what waits is decided.
    """
    organisation.enter(actor, agency_id)
    ground = clean(ground)[:GROUND_MOST]
    if not ground:
        raise OrganisationError(Fault.GROUND_MISSING)
    before = published_comments.is_on(agency_id)
    if before == is_on:
        raise OrganisationError(Fault.NOTHING_CHANGES)
    CommentRule.objects.create(
        agency_id=agency_id, is_on=is_on, ground=ground, decided_by_id=user_of(actor), decided_at=now
    )
    administration.write(
        actor=actor,
        kind=Change.COMMENT_RULE,
        now=now,
        agency_id=agency_id,
        before={"comments": "on" if before else "off"},
        after={"comments": "on" if is_on else "off", "ground": ground},
    )
