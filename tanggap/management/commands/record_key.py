"""Print the public keys that sign the record, each with its fingerprint: what `--trust` wants."""

from django.core.management.base import BaseCommand

from tanggap.domain.checkpoints import fingerprint
from tanggap.selectors import record


class Command(BaseCommand):
    """Show the keys that have signed; the last one is in force."""

    help = __doc__ or ""

    def handle(self, **_: object) -> None:
        """Print one paragraph a key."""
        found = record.all_keys()
        if not found:
            self.stdout.write("record_key: nothing was signed yet; the first checkpoint writes its key down.")
        for row in found:
            by = f"announced by {row.previous.key}" if row.previous else "announced by no other"
            self.stdout.write(f"key {row.key}, since {row.since.isoformat()}, {by}")
            self.stdout.write(f"  public      {bytes(row.public).hex()}")
            self.stdout.write(f"  fingerprint {fingerprint(bytes(row.public))}")
