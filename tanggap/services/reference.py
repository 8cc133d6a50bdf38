"""Load all reference data in one transaction, and say what that changed; loading twice changes nothing."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tanggap.domain.actors import Actor, System
from tanggap.domain.reference import Change
from tanggap.domain.reference_checks import Reference, check
from tanggap.models import ReferenceLoad
from tanggap.selectors import reference as reference_selectors
from tanggap.services import agencies, areas, calendars, categories, policies


class NotAllowedError(Exception):
    """Somebody else than the system asked for a load: organisation and calendar are not loaded from a page."""


@transaction.atomic
def load(reference: Reference, *, fingerprint: str, actor: Actor, now: datetime) -> list[Change]:
    """Bring the database up to the reference data and return what changed, noun by noun.

    Rows that are gone from the files are retired with today's date, never deleted; a changed calendar
    or policy becomes a new version. Raises BadRowsError, naming every bad row, before anything is
    kept, and NotAllowedError unless the system itself is the actor.
    """
    if not isinstance(actor, System):
        raise NotAllowedError
    check(reference)
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    changes = [
        areas.load(reference.areas, reference.points, code_book=reference.code_book, today=today),
        agencies.load_agencies(reference.agencies, today=today),
        agencies.load_units(reference.units, today=today),
        agencies.load_oversight(reference.oversight, today=today),
        categories.load_groups(reference.groups, today=today),
        categories.load_categories(reference.categories, today=today),
        categories.load_rules(reference.rules, today=today),
        calendars.load(reference.days, actor=actor, now=now),
        policies.load(reference.policies, reference.limits),
    ]
    if not reference_selectors.is_current(fingerprint):
        ReferenceLoad.objects.create(
            fingerprint=fingerprint, loaded_at=now, changes=[asdict(change) for change in changes]
        )
    return changes
