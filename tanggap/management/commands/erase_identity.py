"""Erase who filed a report, for a reporter who asked the operator in writing (UU 27/2022 Ps 8). It cannot be undone."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain import references
from tanggap.domain.actors import System
from tanggap.domain.lifecycle import Action
from tanggap.selectors.reports import NotFoundError
from tanggap.services import reports


class Command(BaseCommand):
    """The operator's road; the reporter's own is on the tracking page."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of the report, and the word that it is meant."""
        parser.add_argument("number")
        parser.add_argument("--yes", action="store_true", help="the reporter's request was checked: erase")

    def handle(self, *, number: str, yes: bool, **_: object) -> None:
        """Erase the identity of the report and of its parts, with an event in the chain of each."""
        parsed = references.parse(number)
        if parsed is None:
            raise CommandError(f"{number} is no report number.")
        if not yes:
            raise CommandError("Nothing was erased. Check that the reporter asked for it, then add --yes.")
        now = timezone.now()  # noqa: TID251 - a door
        try:
            reports.act(actor=System(), number=parsed, action=Action.ERASE_IDENTITY, now=now)
        except NotFoundError as error:
            raise CommandError(f"There is no report {parsed}.") from error
        except reports.NotAllowedError as error:
            raise CommandError(f"The vault holds no identity for {parsed}.") from error
        self.stdout.write(f"erase_identity: who filed {parsed} is erased; the report stays.")
