"""Log every event that is not in the log yet, and sign size and root of it now; the worker does so once a day."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain.checkpoints import published
from tanggap.services import record
from tanggap.services.keys import KeyRingError


class Command(BaseCommand):
    """Make a checkpoint."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to keep a copy."""
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the published file here, too")

    def handle(self, *, out: Path | None = None, **_: object) -> None:
        """Make it, and say what was signed."""
        try:
            made = record.checkpoint(now=timezone.now(), on_batch=self._said)  # noqa: TID251 - a door
        except KeyRingError as error:
            raise CommandError(str(error)) from error
        if out is not None:
            out.write_bytes(published(made.value()))
        statement = made.statement
        self.stdout.write(f"checkpoint: {made.size} entries, root {statement.root}, signed by {statement.key}")

    def _said(self, size: int) -> None:
        self.stderr.write(f"checkpoint: {size} entries in the log")
