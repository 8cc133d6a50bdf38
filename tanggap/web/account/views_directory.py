"""Sign-on by an agency's own directory: out to its provider, back with its word, and the end of such a link.

Out goes a link, not a form: the policy of our pages lets no form end at another host, and names none.
"""

import secrets
from collections.abc import Callable
from functools import wraps

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tanggap.adapters import directories as provider
from tanggap.domain.directories import Assertion, Directory
from tanggap.domain.limits_of_use import Bucket
from tanggap.services import directories, limits
from tanggap.web import actors, errors
from tanggap.web.account.adapter import TooManyTriesError, count_try
from tanggap.web.http import client_network

log = structlog.get_logger("tanggap.directories")

type Step = Callable[[HttpRequest, Directory], HttpResponse]


def _step(view: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the directory of an address; whoever is signed in has nothing to do here, and nobody comes too often."""

    @never_cache
    @require_safe
    @wraps(view)
    def step(request: HttpRequest, key: str) -> HttpResponse:
        directory = next((one for one in settings.DIRECTORIES if one.key == key), None)
        if directory is None:
            raise Http404
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        try:
            return view(request, directory)
        except TooManyTriesError as error:
            return errors.too_many(request, error.retry_after_seconds)
        except provider.DirectoryError as error:
            log.warning("directory_failed", directory=directory.key, step=str(error))
            return errors.directory_away(request)

    return step


@_step
def out(request: HttpRequest, directory: Directory) -> HttpResponse:
    """Send the browser to the provider; what it must come back with is kept in the session."""
    count_try(Bucket.DIRECTORY_CLIENT, client_network(request))
    trip = provider.pack(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32))
    address = provider.address(directory, trip, back=_back(directory))
    given = request.GET.get("next", "")
    kept = {
        "nonce": trip.nonce,
        "verifier": trip.verifier,
        "next": given if given.startswith("/") and get_adapter().is_safe_url(given) else "",
    }
    statekit.stash_state(request, provider_id=directory.key, state=kept, state_id=trip.state)
    return redirect(address)


@_step
def back(request: HttpRequest, directory: Directory) -> HttpResponse:
    """Take what the browser brings back, once, and sign in whom the provider names."""
    trip = statekit.unstash_state(request, provider_id=directory.key, state_id=request.GET.get("state", ""))
    code = request.GET.get("code", "")
    if trip is None or request.GET.get("error") == "access_denied":
        messages.error(request, _("Masuk lewat direktori instansi tidak selesai. Silakan mulai lagi."))
        return redirect(settings.LOGIN_URL)
    if not code:
        raise provider.DirectoryError("authorization")
    told = provider.who(directory, code=code, verifier=trip["verifier"], nonce=trip["nonce"], back=_back(directory))
    return _sign_in(request, directory, told, trip["next"])


def _sign_in(request: HttpRequest, directory: Directory, told: Assertion, to: str) -> HttpResponse:
    """Begin a session as a password does, with a second factor of ours unless a trusted one was shown there."""
    try:
        user = directories.let_in(directory, told, now=timezone.now())  # noqa: TID251 - a door
    except directories.NotLetInError:
        log.info("directory_not_let_in", directory=directory.key)
        return errors.directory_refused(request)
    limits.take_back(Bucket.DIRECTORY_CLIENT, client_network(request))
    actors.came_by_directory(request, user, has_factor=told.has_factor)
    passed = {AuthenticateStage.key: {"handled": True}} if told.has_factor else {}
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=to or None, state={"stages": passed}))
    return answer


def _back(directory: Directory) -> str:
    return settings.PUBLIC_URL + reverse("account_directory_back", args=[directory.key])


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def unlink(request: HttpRequest) -> HttpResponse:
    """Let a directory no longer open the own account; the password is asked for once more."""
    now = timezone.now()  # noqa: TID251 - a door
    if not directories.unlink(user_id=int(request.user.pk or 0), key=request.POST.get("direktori", ""), now=now):
        raise Http404
    messages.success(request, _("Direktori itu tidak lagi membuka akun Anda."))
    return redirect("mfa_index")
