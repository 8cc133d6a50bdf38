"""Opens an account that nobody else can open: `./run account unlock|lock|password|factor NAME`."""

from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tanggap.domain.actors import System
from tanggap.selectors import accounts as account_selectors
from tanggap.services import ways_in
from tanggap.services.accounts import AccountError, Refusal

DEEDS: Final = ("lock", "unlock", "password", "factor")
WORDS: Final = {
    Refusal.IS_LOCKED: "This account is locked. Unlock it first: ./run account unlock NAME",
    Refusal.NO_FACTOR: "This account has no second factor: nothing was removed.",
}


class Command(BaseCommand):
    """Do with an account what an admin does on the desk, for whoever has the machine; logged as done by the system."""

    help = "Lock or unlock an account, print a link to a new password, or remove a lost second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("deed", choices=DEEDS, help="password prints a link that works once, for 24 hours")
        parser.add_argument("username", metavar="NAME", help="the name that the person signs in with")
        parser.add_argument("--reason", default="", help="why; it stands in the log of changes of the agency")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Do it, or say why not."""
        name, deed = options["username"], options["deed"]
        now = timezone.now()  # noqa: TID251 - a door
        if not account_selectors.exists(name):
            raise CommandError(f"There is no account named {name}.")
        of_account: dict[str, Any] = {
            "actor": System(),
            "user_id": account_selectors.id_of(name),
            "now": now,
            "reason": options["reason"],
        }
        try:
            self.stdout.write(_done(deed, name, of_account))
        except AccountError as error:
            raise CommandError(WORDS.get(error.reason, error.reason.value)) from error


def _done(deed: str, name: str, of_account: dict[str, Any]) -> str:
    """Do it and return what to say."""
    match deed:
        case "password":
            link = ways_in.give_link(**of_account)
            return (
                f"The old password of {name} is void and every session has ended. This link sets a new one, once, "
                f"until {link.until:%Y-%m-%d %H:%M} UTC:\n{settings.PUBLIC_URL}{link.path}"
            )
        case "factor":
            ways_in.remove_factors(**of_account)
            return (
                f"{name} has no second factor any more, and every session has ended. An admin sets a new one up next."
            )
        case _:
            ways_in.set_active(is_active=deed == "unlock", **of_account)
            return f"{name} can sign in again." if deed == "unlock" else f"{name} is locked; every session has ended."
