"""Make a new master key for the identity vault and wrap every data key with it. Safe to stop and run again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from tanggap.services import keys, vault


class Command(BaseCommand):
    """Rotate the master key; tokens and lookups stay as they are."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to finish an interrupted rotation without another key."""
        parser.add_argument("--resume", action="store_true", help="only wrap what an older key still holds")

    def handle(self, *, resume: bool = False, **_: object) -> None:
        """Add a key to the key file, then wrap batch by batch."""
        try:
            version = keys.ring().current if resume else keys.rotate()
        except keys.KeyRingError as error:
            raise CommandError(str(error)) from error
        done = vault.rewrap()
        self.stdout.write(f"rotate_keys: master key {version} is current; {done} data keys were wrapped anew.")
