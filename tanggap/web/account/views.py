"""Sign-in, the second step, sign-out, and the page of one's own account.

The views are allauth's, with our templates and forms; only the addresses in `urls.py` are mounted,
so sign-up, e-mail addresses and reset by mail do not exist.
"""

from typing import TYPE_CHECKING, Any

from allauth.account import views as account_views
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tanggap.domain.actors import Role
from tanggap.domain.appointments import WORKING_OFFICES, Office
from tanggap.selectors import accounts as account_selectors
from tanggap.selectors import directories as directory_selectors
from tanggap.services import accounts, devices
from tanggap.web import actors, errors, unsent, wording
from tanggap.web.account import forms
from tanggap.web.account.adapter import is_language_of_account, remember_language
from tanggap.web.account.door import Door, Stepped
from tanggap.web.account.views_passkeys import as_json

if TYPE_CHECKING:
    from tanggap.models import Appointment


class SignInView(Door, account_views.LoginView):  # type: ignore[misc]  # allauth has no types
    """Name and password."""

    form_class = forms.SignInForm
    template_name = "account/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the directories of agencies that this installation knows."""
        way_back = get_next_redirect_url(self.request) or ""
        more = f"?{urlencode({'next': way_back})}" if way_back else ""
        is_kept = unsent.is_waiting(way_back, timezone.now())  # noqa: TID251 - a door
        own = {"directories": settings.DIRECTORIES, "way_back": more, "is_kept": is_kept}
        return {**super().get_context_data(**kwargs), **own}


class CodeView(Door, mfa_views.AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """The second step, for those who have an authenticator app."""

    form_class = forms.CodeForm
    template_name = "account/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey, too, where the person has one."""
        made: dict[str, Any] = super().get_context_data(**kwargs)
        options = made["js_data"]["request_options"]
        has_key = bool(dict(options["publicKey"]).get("allowCredentials"))
        return {**made, "options": as_json(options) if has_key else ""}


class SignOutView(account_views.LogoutView):  # type: ignore[misc]  # allauth has no types
    """End the session; a link alone (a picture in a mail) must not be able to."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - allauth's signature
        """Show the own page with its button instead of signing out."""
        return redirect("mfa_index")

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session, and the language that it began with."""
        is_brought = is_language_of_account(self.request)
        devices.forget(session_key=str(self.request.session.session_key))
        response: HttpResponse = super().post(*args, **kwargs)
        if is_brought:
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response


class AccountView(mfa_views.IndexView):  # type: ignore[misc]  # allauth has no types
    """One's own account: name, office, language, second factor, password."""

    template_name = "account/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the office held today."""
        today = accounts.office_day(timezone.now())  # noqa: TID251 - a door
        appointment = account_selectors.appointment_of(self.request.user.pk, today)
        role = wording.ROLE[Role(appointment.role)] if appointment else ""
        links = directory_selectors.links_of(self.request.user.pk)
        names = {one.key: one.name for one in settings.DIRECTORIES}
        linked = [{"key": link.key, "name": names.get(link.key, link.key), "since": link.since} for link in links]
        more = {"appointment": appointment, "role": role, "linked": linked, "leave_path": _leave_path(appointment)}
        return {**super().get_context_data(**kwargs), **more}


def _leave_path(appointment: "Appointment | None") -> str:
    """Return where an office holder sees and enters the own leave."""
    if appointment is None:
        return ""
    return reverse("workbench:duty" if Office(appointment.role) in WORKING_OFFICES else "account_leave")


@method_decorator(login_required, name="dispatch")
class PasswordView(Door, account_views.PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """A new password; every other session of the account ends."""

    form_class = forms.NewPasswordForm
    template_name = "account/password.html"
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Offer nothing to an account without a password: there is no old one to ask for, an admin gives the first."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it was changed."""
        response: HttpResponse = super().form_valid(form)
        actors.follow_session(self.request, timezone.now())  # noqa: TID251 - a door
        messages.success(self.request, _("Kata sandi sudah diganti. Sesi lain sudah diakhiri."))
        return response


class PasswordAgainView(Door, account_views.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The password once more."""

    form_class = forms.PasswordAgainForm
    template_name = "account/again.html"


class CodeAgainView(Door, mfa_views.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The code once more."""

    form_class = forms.CodeAgainForm
    template_name = "account/again.html"


class EnrolView(Stepped, Door, totp_views.ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Set an authenticator app up."""

    form_class = forms.EnrolForm
    template_name = "account/enrol.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """End every other session: none of them has shown what is asked for from now on."""
        response: HttpResponse = super().form_valid(form)
        actors.made_factor(self.request, timezone.now())  # noqa: TID251 - a door
        return response


class UnenrolView(Stepped, Door, totp_views.DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Do without the authenticator app again."""

    template_name = "account/unenrol.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it is off."""
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("Verifikasi dua langkah sudah dimatikan."))
        return response


class RecoveryCodesView(Stepped, recovery_views.ViewRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """The codes for a lost phone."""

    template_name = "account/recovery_codes.html"


class NewRecoveryCodesView(Stepped, Door, recovery_views.GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """New codes; the old ones are void."""

    template_name = "account/new_recovery_codes.html"


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """Remember the person's language."""
    code = request.POST.get("language", "")
    try:
        accounts.set_own_language(user_id=int(request.user.pk or 0), language=code)
    except accounts.AccountError:
        return errors.bad_request(request)
    response = redirect("mfa_index")
    remember_language(response, code)
    return response
