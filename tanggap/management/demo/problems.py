"""What comes again in the demo's province: found by a rule that fits so few reports, one of it with cause and plan."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from tanggap.management.demo.offices import PROVINCE
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.steps import Stage
from tanggap.selectors import problems as selectors
from tanggap.services import problems

_LEAST: Final = 5
_MONTHS: Final = 12
_CAUSE: Final = "Truk melebihi muatan setiap musim panen, dan saluran air di tepi jalan tersumbat."
_PLAN: Final = "Membersihkan saluran, menambal lubang, dan mengukur muatan truk bersama dinas perhubungan."


def play(stage: Stage) -> None:
    """Find them once, at the end; what is there is left as it is."""
    admin, now = stage.offices.admin(PROVINCE), stage.clockwork.last_office_moment()
    if admin.agency_id in selectors.rules().own:
        return
    with transaction.atomic():
        problems.set_rule(actor=admin, least=_LEAST, months=_MONTHS, now=now)
        problems.find(now=now)
        found = selectors.list_(viewer=admin, is_over=False, before=None, size=1)
        if found:
            done_on = (now + timedelta(days=60)).astimezone(ZONE).date()
            problems.plan(actor=admin, number=found[0].pk, cause=_CAUSE, text=_PLAN, done_on=done_on, now=now)
