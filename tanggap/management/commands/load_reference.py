"""Load the shipped reference data: areas, agencies, categories, calendar, time limits. Safe to run twice."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap import data
from tanggap.adapters import areas
from tanggap.domain.actors import System
from tanggap.domain.reference import BadRowsError, Change
from tanggap.selectors import reference as reference_selectors
from tanggap.services import reference as reference_services


class Command(BaseCommand):
    """Load reference data and say what changed; a second run changes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the quick way for programs that start often."""
        parser.add_argument("--if-needed", action="store_true", help="do nothing when these files are loaded already")

    def handle(self, *, if_needed: bool = False, **_: object) -> None:
        """Read everything, judge it, load it, and print one line for each noun."""
        code_book = areas.code_book()
        fingerprint = data.fingerprint(code_book)
        if if_needed and reference_selectors.is_current(fingerprint):
            return
        try:
            reference = data.read(code_book=code_book, areas=areas.areas())
            changes = reference_services.load(
                reference,
                fingerprint=fingerprint,
                actor=System(),
                now=timezone.now(),  # noqa: TID251
            )
        except BadRowsError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        for change in changes:
            self.stdout.write(_line(change))


def _line(change: Change) -> str:
    if change.is_nothing:
        words = f"nothing changed ({change.unchanged})"
    else:
        words = (
            f"{change.added} added, {change.changed} changed, {change.retired} retired, {change.unchanged} unchanged"
        )
    kept = f", {change.kept} kept as set by hand" if change.kept else ""
    return f"{change.noun}: {words}{kept}"
