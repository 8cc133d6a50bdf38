"""Speaks OpenID Connect with the provider of an agency: where to send the browser, and who came back.

Authorization code with PKCE, state and nonce; the identity token is checked by its signature. Tokens live as long as
one call here: none is returned, kept or logged, and an error says at which step it happened and nothing else.
"""

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.core.cache import cache
from requests import RequestException

from tanggap.domain.directories import Assertion, Directory, asserted, is_private_way

_SCOPES: Final = ("openid", "email", "profile")
# Signatures with a key that only the provider has; "none" and those with a shared secret are no signatures here.
_SIGNATURES: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})
_SKEW_SECONDS: Final = 60
_KNOWN_FOR_SECONDS: Final = 600
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class DirectoryError(Exception):
    """A provider did not answer as it has to; the text names the step."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What a browser carries to the provider, and what stays here until it is back."""

    state: str
    nonce: str
    verifier: str
    challenge: str


def pack(state: str, nonce: str) -> Trip:
    """Return a trip with a fresh secret for PKCE (RFC 7636)."""
    made = generate_code_challenge()
    return Trip(state, nonce, verifier=made["code_verifier"], challenge=made["code_challenge"].decode("ascii"))


def address(directory: Directory, trip: Trip, *, back: str) -> str:
    """Return where the browser has to go. Errors: `DirectoryError`."""
    client = _client(directory, back)
    client.state = trip.state
    more = {"nonce": trip.nonce, "code_challenge": trip.challenge, "code_challenge_method": "S256"}
    return str(client.get_redirect_url(_described(directory)["authorization_endpoint"], _SCOPES, more))


def who(directory: Directory, *, code: str, verifier: str, nonce: str, back: str) -> Assertion:
    """Exchange the code that a browser brought back for what the provider says of the person.

    Errors: `DirectoryError`.
    """
    with _step("token"):
        token = _client(directory, back).get_access_token(code, pkce_code_verifier=verifier)
        access, identity = str(token["access_token"]), str(token["id_token"])
    with _step("identity token"):
        claims = claims_of(directory, identity, nonce=nonce)
    if directory.claim not in claims:
        with _step("user information"):
            claims = {**_information(directory, access, claims["sub"]), **claims}
    return asserted(directory, claims)


def claims_of(directory: Directory, identity: str, *, nonce: str) -> dict[str, Any]:
    """Return the claims of an identity token: of this provider, for us, in time, about this very trip.

    Errors: `ValueError`, or those of the library that reads it.
    """
    if jwt.get_unverified_header(identity).get("alg") not in _SIGNATURES:
        raise ValueError("signature")
    algorithm, key = jwtkit.fetch_key(identity, _described(directory)["jwks_uri"], jwtkit.lookup_kid_jwk)
    claims: dict[str, Any] = jwt.decode(
        identity,
        key=key,
        algorithms=[algorithm],
        issuer=directory.issuer,
        audience=directory.client_id,
        leeway=_SKEW_SECONDS,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    if claims.get("azp", directory.client_id) != directory.client_id:
        raise ValueError("authorized party")
    if not claims["sub"] or not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ValueError("nonce")
    return claims


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Turn whatever goes wrong into an error that holds nothing of what was sent."""
    try:
        yield
    except (OAuth2Error, RequestException, jwt.PyJWTError, KeyError, TypeError, ValueError):
        raise DirectoryError(name) from None


def _client(directory: Directory, back: str) -> OAuth2Client:
    described = _described(directory)
    # Where a provider says nothing, it is the head of the request (OpenID Connect Discovery 1.0, 3).
    ways = described.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return OAuth2Client(
        None,
        directory.client_id,
        directory.secret,
        "POST",
        described["token_endpoint"],
        back,
        basic_auth="client_secret_post" not in ways,
    )


def _described(directory: Directory) -> Mapping[str, Any]:
    """Return how the provider describes itself, asked for every ten minutes."""
    key = f"directory:{directory.issuer}"
    kept: Mapping[str, Any] | None = cache.get(key)
    if kept is not None:
        return kept
    with _step("discovery"):
        told = _get(directory.discovery)
        if told["issuer"] != directory.issuer:  # another one's description would lead to another one's doors
            raise DirectoryError("issuer")
        ways = [told[name] for name in _NEEDED] + [told.get("userinfo_endpoint", directory.issuer)]
        if not all(is_private_way(way) for way in ways):
            raise DirectoryError("an address that is not https")
    cache.set(key, told, _KNOWN_FOR_SECONDS)
    return dict(told)


def _information(directory: Directory, access: str, subject: str) -> dict[str, Any]:
    """Return what the provider says of the person at its other door, where it has one."""
    way = _described(directory).get("userinfo_endpoint")
    if not way:
        return {}
    told = _get(way, headers={"Authorization": f"Bearer {access}"})
    if told["sub"] != subject:
        raise ValueError("subject")
    return told


def _get(way: str, **more: Any) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(way, **more)
        answer.raise_for_status()
        return dict(answer.json())
