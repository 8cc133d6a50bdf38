"""The six digits that an authenticator app shows (RFC 6238), for the demonstration's admins and for browser tests."""

import argparse
import base64
import hashlib
import hmac
import json
import time
from typing import Final

from tanggap.cli import folder as folders
from tanggap.cli.errors import CommandError

STEP_SECONDS: Final = 30
_DIGITS: Final = 6


def code(secret: str, step: int) -> str:
    """Return what an app with this key (base32) shows in a step of thirty seconds."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def shown(secret: str) -> str:
    """Return what an app with this key shows at this moment."""
    return code(secret, int(time.time()) // STEP_SECONDS)  # noqa: TID251 - a door


def show(arguments: list[str]) -> int:
    """Print the second step of a demo sign-in: the six digits that its authenticator app would show now."""
    parser = argparse.ArgumentParser(prog="./run code", description=show.__doc__, allow_abbrev=False)
    parser.add_argument("username", help="a name of demo-accounts.json")
    parser.add_argument("--data", metavar="DIR", help="the data folder of the demonstration")
    options = parser.parse_args(arguments)
    path = folders.resolve(options.data) / "demo-accounts.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"There are no demo sign-ins in {path}.") from error
    secret = next((one.get("totp_secret") for one in entries if one["username"] == options.username), None)
    if not secret:
        raise CommandError(f"{options.username} has no second step in {path}.")
    print(shown(secret))
    return 0
