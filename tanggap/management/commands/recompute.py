"""Recompute the open deadlines after a correction of the calendar; each change is an event with old and new date."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tanggap.services import recomputation


class Command(BaseCommand):
    """Recompute open deadlines under the newest calendar. Safe to stop and run again."""

    help = __doc__ or ""

    def handle(self, **_: object) -> None:
        """Recompute, and say how many reports got other dates."""
        changed = recomputation.recompute(now=timezone.now())  # noqa: TID251
        self.stdout.write(f"recompute: {changed} reports have other due dates now.")
