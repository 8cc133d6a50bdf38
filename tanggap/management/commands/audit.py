"""Check the whole record against itself; names what is wrong, one finding a line, and ends with 1."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tanggap.adapters.outbound import timestamps
from tanggap.adapters.scanning import staging
from tanggap.services import audit
from tanggap.services.record_audit import Outside

PART = 1024 * 1024


class Command(BaseCommand):
    """Verify chains, commitments, replayed rows, clocks and publications, triggers, grants and counters."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to leave the files on disk out, and to compare with what was kept outside."""
        parser.add_argument("--no-files", action="store_true", help="do not read the attachments on disk")
        kept = "a published checkpoint that you have kept; give as many as you have"
        parser.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help=kept)
        trusted = "fingerprint of a key that you trust (64 hex digits), as the site or a paper told you earlier"
        parser.add_argument("--trust", action="append", default=[], metavar="FINGERPRINT", help=trusted)

    def handle(
        self, *, no_files: bool = False, checkpoint: Sequence[Path] = (), trust: Sequence[str] = (), **_: object
    ) -> None:
        """Check, and print what was looked at."""
        reader = None if no_files else _read
        try:
            kept = [path.read_text(encoding="utf-8") for path in checkpoint]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"A checkpoint cannot be read: {error}") from error
        outside = Outside(kept, [word.replace(" ", "").lower() for word in trust], timestamps.said_at)
        try:
            # One snapshot: work that goes on meanwhile is neither half seen nor held up.
            with transaction.atomic():
                with transaction.get_connection().cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                tally = audit.audit(now=timezone.now(), read_file=reader, outside=outside)  # noqa: TID251
        except audit.AuditError as error:
            raise CommandError("\n".join(f"audit: {line}" for line in str(error).splitlines())) from error
        self.stdout.write(
            f"audit: in order. {tally.reports} reports, {tally.events} events, {tally.texts} texts, "
            f"{tally.files} files, {tally.deadlines} clocks, {tally.publications} publications, "
            f"{tally.record.entries} log entries, {tally.record.checkpoints} checkpoints."
        )
        if tally.record.stamps:
            said = "time stamps are of their checkpoints; whose they are, tanggap-verify tells."
            self.stdout.write(f"audit: {tally.record.stamps} {said}")
        if tally.erased:
            self.stdout.write(f"audit: {tally.erased} identities are erased; no event tells of that in this version.")


def _read(key: str) -> Iterator[bytes]:
    with staging.open_for_reading(Path(settings.ATTACHMENTS_DIR), key) as file:
        while part := file.read(PART):
            yield part
