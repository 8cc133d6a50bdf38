"""Directories of agencies: where officers may sign in with the account that their own agency gave them (OIDC)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

EMAIL: Final = "email"
# What a provider says of a sign-in that asked for more than a password (RFC 8176).
_FACTORS: Final = frozenset({"mfa", "otp", "hwk"})
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST: Final = 254  # of an address of mail


@dataclass(frozen=True, slots=True)
class Directory:
    """One provider of one agency, as the operator configured it.

    `claim` names what is compared with the e-mail address of the account when somebody comes for the first time;
    `trusts_factor` says that a second factor which the provider asserts stands for one of ours.
    """

    key: str
    agency: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str = EMAIL
    trusts_factor: bool = False

    def __post_init__(self) -> None:
        """Refuse what could not work, or would send secrets in the clear. Errors: `ValueError`."""
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"the key {self.key!r} may hold small letters, digits and '-' only")
        for name in ("agency", "name", "client_id", "secret", "claim"):
            if not getattr(self, name):
                raise ValueError(f"{self.key}: {name!r} is missing")
        if not is_private_way(self.issuer):
            raise ValueError(f"{self.key}: the issuer must be an https address, not {self.issuer!r}")

    @property
    def discovery(self) -> str:
        """Return where the provider describes itself (OpenID Connect Discovery 1.0, 4)."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a provider said of one person: who it is there, the address that is compared, was a second factor shown."""

    subject: str
    address: str
    has_factor: bool


def is_private_way(address: str) -> bool:
    """Say whether nobody on the way can read what is sent to an address: https, or it never leaves this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in _THIS_MACHINE)


def asserted(directory: Directory, claims: Mapping[str, Any]) -> Assertion:
    """Read the claims of a provider. An address that the provider has not verified itself is no address.

    Only `email` has a claim beside it that says so; whoever names another one vouches for it.
    """
    told = claims.get(directory.claim)
    is_verified = directory.claim != EMAIL or claims.get("email_verified") is True
    is_address = isinstance(told, str) and "@" in told and len(told) <= _LONGEST
    methods = claims.get("amr")
    shown = isinstance(methods, list) and not _FACTORS.isdisjoint(str(one) for one in methods)
    return Assertion(
        subject=str(claims["sub"]),
        address=str(told) if is_verified and is_address else "",
        has_factor=directory.trusts_factor and shown,
    )
