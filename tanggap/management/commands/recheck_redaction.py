"""List the published reports in which today's finders see what nobody has answered; it hides nothing by itself."""

from django.core.management.base import BaseCommand

from tanggap.services import hiding, redaction


class Command(BaseCommand):
    """List what an officer has to look at. Reads only; safe to stop and run again."""

    help = __doc__ or ""

    def handle(self, **_: object) -> None:
        """Print a line for each finding, never its words, and how many reports there are."""
        reports = 0
        for number, found in hiding.recheck():
            reports += 1
            for line in found:
                self.stdout.write(f"{number}  {line}")
        finders = redaction.FINDER_VERSION
        self.stdout.write(f"recheck-redaction: {reports} published reports to look at (finders {finders}).")
