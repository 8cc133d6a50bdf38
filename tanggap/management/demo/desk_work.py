"""What officers leave beside the record of what lies on their desks: notes that mention a colleague, and tags."""

from random import Random
from typing import Final

from tanggap.domain.lifecycle import OPEN, Status
from tanggap.domain.notes import Audience
from tanggap.management.demo import corpus_scenes as phrases
from tanggap.management.demo.offices import PROVINCE
from tanggap.management.demo.steps import Walk
from tanggap.services import notes, tags

_SIGNED_IN: Final = frozenset({"dpupr", "dindikbud"})  # units of the province with a sign-in of the demonstration
_NOTE_SHARE, _TAG_SHARE = 0.45, 0.4


def leave(walk: Walk) -> None:
    """Leave a note and a tag on an open report, where somebody can sign in and find them."""
    report = walk.report
    if report is None or report.is_confidential or Status(report.status) not in OPEN:
        return
    if walk.owner != PROVINCE or walk.unit not in _SIGNED_IN:
        return
    # Dice of their own: what lies beside a report does not change how it goes.
    dice = Random(f"desk:{walk.plan.number}")
    at = walk.stage.clockwork.office(dice, walk.now, 0)
    if at > walk.stage.clockwork.end:
        return
    admin, unit, number = walk.admin(), walk.officer(), walk.plan.number
    if dice.random() < _NOTE_SHARE:
        is_admins = dice.random() < 0.6
        who = walk.stage.offices.username(PROVINCE, walk.unit if is_admins else "")
        text = walk.facts.fill(dice.choice(phrases.NOTES), who=who)
        writer = admin if is_admins else unit
        notes.write(actor=writer, number=number, text=text, audience=Audience.AGENCY, now=at)
    if dice.random() < _TAG_SHARE:
        tags.hang(actor=admin, number=number, word=dice.choice(phrases.TAGS), now=at)
