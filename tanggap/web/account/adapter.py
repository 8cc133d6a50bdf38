"""What allauth may do here: sign people in, and nothing that makes accounts or sends mail.

Accounts are made by `services.accounts` alone; the counts against guessing are `services.limits`.
An unknown name, a wrong password and a locked account get one answer after the same work.
"""

import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from tanggap.domain.limits_of_use import Bucket
from tanggap.services import accounts, limits
from tanggap.web import actors, homes, http
from tanggap.web.account import devices


class TooManyTriesError(Exception):
    """Somebody has to wait before trying again; the views turn it into the page for 429."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


def count_try(bucket: Bucket, key: str) -> None:
    """Count one try at a password or a code. Errors: `TooManyTriesError`."""
    verdict = limits.hit(bucket, key, now=timezone.now())  # noqa: TID251 - a door
    if not verdict.allowed:
        raise TooManyTriesError(verdict.retry_after_seconds)


# Counted for many people at once: whoever signs in takes back the own try and leaves what others failed at.
_SHARED = frozenset({Bucket.SIGN_IN_CLIENT, Bucket.SIGN_IN_ACCOUNT})


def _counted(request: HttpRequest, name: str) -> dict[Bucket, str]:
    """Return with whom a try at a password is counted: with the browser, where the account was opened in it before."""
    if device := devices.known(request, name):
        return {Bucket.SIGN_IN_DEVICE: f"{device}:{name}"}
    client = http.client_network(request)
    return {
        Bucket.SIGN_IN_CLIENT: client,
        Bucket.SIGN_IN_NAME: f"{client}:{name}",
        Bucket.SIGN_IN_ACCOUNT: name,
    }


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our rules for allauth's sign-in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Nama pengguna atau kata sandi salah."),
        "incorrect_password": _("Kata sandi salah."),
        "enter_current_password": _("Kata sandi sekarang salah."),
        "incorrect_code": _("Kode salah atau sudah terpakai. Tunggu kode berikutnya, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody makes an account from the web."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Answer with pages only; allauth's JSON answers are another surface that nobody needs."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Send people back only to this host."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None, require_https=False))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that our own proxies have seen."""
        return http.client_address(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in allauth's words: our pages say what happened in theirs."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the user of name and password, or None; counts the try. Errors: `TooManyTriesError`."""
        counted = _counted(request, str(credentials.get("username", "")).casefold())
        for bucket, key in counted.items():
            count_try(bucket, key)
        user: AbstractBaseUser | None = authenticate(request, **credentials)
        if user is not None:
            for bucket, key in counted.items():
                if bucket in _SHARED:
                    limits.take_back(bucket, key)
                else:
                    limits.forgive(bucket, key)
        return user

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        """Answer a passkey of a locked account as one that nobody knows."""
        messages.error(request, _("Kunci sandi ini tidak diterima. Masuklah dengan kata sandi."))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in under a new session key, without what an anonymous visitor had been tracking."""
        actors.end_tracking(request)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Note the day, and speak the person's language unless another was chosen with the switch."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        now, name = timezone.now(), user.get_username()  # noqa: TID251 - a door
        actors.begin_session(request, user.pk, is_known=bool(devices.known(request, name)), now=now)
        actors.record_day(request, now)
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) not in dict(settings.LANGUAGES):
            language = str(getattr(user, "language", settings.LANGUAGE_CODE))
            remember_language(response, language)
            request.session[_OF_ACCOUNT] = language
        devices.remember(request, response, user.get_username())
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead each person to the page of the own office."""
        return homes.path_of(actors.actor_of(request, timezone.now()))  # noqa: TID251 - a door

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Let the service write the new password, and show it to the session that goes on."""
        user.password = accounts.change_own_password(user_id=user.pk, password=password).password


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """How second factors are named and kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Admin wajib memakai verifikasi dua langkah. Pasang cara lain dahulu."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the code on white, whatever the page's colours: cameras need the contrast."""
        drawn = io.BytesIO()
        segno.make(url, micro=False).save(drawn, kind="svg", light="#fff", scale=4, xmldecl=False)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Seal a secret before it goes to the database."""
        return accounts.seal_factor(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret from the database."""
        return accounts.open_factor(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Leave an admin a second factor: without one nothing but setting one up is possible."""
        now = timezone.now()  # noqa: TID251 - a door
        return accounts.may_lose_factor(user_id=authenticator.user_id, factor_id=authenticator.pk, now=now)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: ARG002 - allauth's
        """Call a key that its owner gave no name."""
        return str(_("Kunci sandi"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say to whom a passkey belongs: this host, by the name of this installation."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Name the account in the authenticator app by what the person signs in with."""
        return user.get_username()


_OF_ACCOUNT = "language of the account"


def is_language_of_account(request: HttpRequest) -> bool:
    """Say whether the language was brought by sign-in: who signs in next at this computer chose nothing."""
    brought = request.session.get(_OF_ACCOUNT)
    return brought is not None and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == brought


def remember_language(response: HttpResponse, language: str) -> None:
    """Set the cookie that the language switch sets, too."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
