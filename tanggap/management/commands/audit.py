"""Check the whole record against itself; names what is wrong, one finding a line, and ends with 1."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tanggap.adapters.scanning import staging
from tanggap.services import audit

PART = 1024 * 1024


class Command(BaseCommand):
    """Verify chains, commitments, replayed rows, clocks and publications, triggers, grants and counters."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to leave the files on disk out."""
        parser.add_argument("--no-files", action="store_true", help="do not read the attachments on disk")

    def handle(self, *, no_files: bool = False, **_: object) -> None:
        """Check, and print what was looked at."""
        reader = None if no_files else _read
        try:
            # One snapshot: work that goes on meanwhile is neither half seen nor held up.
            with transaction.atomic():
                with transaction.get_connection().cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                tally = audit.audit(now=timezone.now(), read_file=reader)  # noqa: TID251
        except audit.AuditError as error:
            raise CommandError("\n".join(f"audit: {line}" for line in str(error).splitlines())) from error
        self.stdout.write(
            f"audit: in order. {tally.reports} reports, {tally.events} events, {tally.texts} texts, "
            f"{tally.files} files, {tally.deadlines} clocks, {tally.publications} publications."
        )
        if tally.erased:
            self.stdout.write(f"audit: {tally.erased} identities are erased; no event tells of that in this version.")


def _read(key: str) -> Iterator[bytes]:
    with staging.open_for_reading(Path(settings.ATTACHMENTS_DIR), key) as file:
        while part := file.read(PART):
            yield part
