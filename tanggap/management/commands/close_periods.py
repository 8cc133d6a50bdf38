"""Keep the figures of the months and years that are over; --revise makes new versions of those that were corrected."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.services import indicators, periods


class Command(BaseCommand):
    """Close what is over, or make the next version of one period for a reason. A job does the first every night."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a period and a reason, or neither."""
        parser.add_argument("period", nargs="?", help="a month 2026-10 or a year 2026 to make the next version of")
        parser.add_argument("--reason", default="", help="why there is another version")
        parser.add_argument("--revise", action="store_true", help="new versions of all periods that were corrected")

    def handle(self, *, period: str | None, reason: str, revise: bool, **_: object) -> None:
        """Close, and name the versions that were made."""
        now = timezone.now()  # noqa: TID251 - a door
        indicators.fold(now=now)
        try:
            if period:
                made = [found for found in [periods.close_one(period, reason=reason, now=now)] if found]
            else:
                made = periods.revise(now=now) if revise else periods.close(now=now)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(made) if made else "No figure differs: no version was made.")
