"""Makes the first account of an installation: `./run createadmin`."""

import getpass
import os
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain.actors import System
from tanggap.domain.appointments import OFFICES_OF_AN_AGENCY, Office
from tanggap.services import accounts

PASSWORD_VARIABLE = "TANGGAP_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable
NATIONAL_AGENCY = "admin-nasional"

WORDS = {
    accounts.Refusal.USERNAME_TAKEN: "This username is taken.",
    accounts.Refusal.USERNAME_INVALID: "This username cannot be used.",
    accounts.Refusal.PASSWORD_WEAK: "This password is too weak.",
    accounts.Refusal.UNKNOWN_AGENCY: "There is no agency of this slug; the reference data list them.",
}


class Command(BaseCommand):
    """Make an account of an admin; asks for what was not given."""

    help = "Make the account of an admin. The password is asked for twice, read from the environment, or generated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--username", help="the name to sign in with; asked for when missing")
        parser.add_argument("--name", default="", help="the name shown to colleagues")
        parser.add_argument("--email", default="")
        parser.add_argument("--role", choices=sorted(OFFICES_OF_AN_AGENCY), default=Office.NATIONAL_ADMIN.value)
        parser.add_argument("--agency", metavar="SLUG", help="the agency; by default the national one, or this one's")
        parser.add_argument("--generate", action="store_true", help="make a password and print it once")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Make the account, or say why not."""
        username = options["username"] or self._ask_username()
        agency = options["agency"] or (
            NATIONAL_AGENCY if options["role"] == Office.NATIONAL_ADMIN.value else settings.HOME_AGENCY
        )
        password, is_generated = self._password(generate=options["generate"])
        try:
            accounts.create_officer(
                actor=System(),
                username=username,
                password=password,
                role=options["role"],
                agency=agency,
                now=timezone.now(),  # noqa: TID251 - a door
                display_name=options["name"],
                email=options["email"],
            )
        except accounts.AccountError as error:
            raise CommandError(" ".join([WORDS.get(error.reason, error.reason.value), *error.details])) from error
        self.stdout.write(f"Account {username} ({options['role']}, {agency}) is ready. Sign in at /masuk.")
        if is_generated:
            self.stdout.write(f"Password, shown this once: {password}")

    def _ask_username(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Give --username: there is nobody to ask.")
        return input("Username: ").strip()

    def _password(self, *, generate: bool) -> tuple[str, bool]:
        """Return the password, and whether it was made here and has to be shown."""
        given = os.environ.get(PASSWORD_VARIABLE)
        if given:
            return given, False
        if generate or not sys.stdin.isatty():
            return secrets.token_urlsafe(18), True
        first = getpass.getpass("Password (at least 12 characters): ")
        if first != getpass.getpass("Password once more: "):
            raise CommandError("The two passwords differ.")
        return first, False
