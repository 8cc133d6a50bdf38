"""Lets an agency give more time for answers, or no longer: `./run extension_rule SLUG --on --ground …`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain.actors import System
from tanggap.selectors import agencies
from tanggap.services import extensions


class Command(BaseCommand):
    """Switch extensions on or off for one agency; each decision is kept with its ground."""

    help = "Let an agency extend the time for an answer (off by default), or no longer; the ground is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("agency", metavar="SLUG")
        switch = parser.add_mutually_exclusive_group(required=True)
        switch.add_argument("--on", action="store_true", dest="is_on")
        switch.add_argument("--off", action="store_false", dest="is_on")
        parser.add_argument("--ground", required=True, help="by which rule or decision; kept with the switch")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Switch, or say why not."""
        try:
            is_new = extensions.decide(
                actor=System(),
                agency_id=agencies.by_slug(options["agency"]).pk,
                is_on=options["is_on"],
                ground=options["ground"],
                now=timezone.now(),  # noqa: TID251 - a door
            )
        except agencies.NotFoundError as error:
            raise CommandError(f"There is no agency {options['agency']!r}.") from error
        except extensions.MissingGroundError as error:
            raise CommandError("Say by which rule or decision: --ground.") from error
        word = "on" if options["is_on"] else "off"
        self.stdout.write(f"{options['agency']}: extensions are {word}{'' if is_new else ' already'}.")
