"""Make a new key that signs the record; the one before announces it. Safe to stop and run again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.services import record_keys
from tanggap.services.keys import KeyRingError


class Command(BaseCommand):
    """Change the key of checkpoints and receipts."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to go on without the key before."""
        parser.add_argument(
            "--lost", action="store_true", help="the key before is lost, and announces nothing any more"
        )

    def handle(self, *, lost: bool = False, **_: object) -> None:
        """Change it, and print the fingerprint to publish."""
        try:
            row = record_keys.rotate(now=timezone.now(), is_lost=lost)  # noqa: TID251 - a door
        except KeyRingError as error:
            raise CommandError(str(error)) from error
        by = f"announced by {row.previous.key}" if row.previous else "announced by no key before it"
        self.stdout.write(f"rotate_record_key: {row.key} signs from now on, {by}.")
