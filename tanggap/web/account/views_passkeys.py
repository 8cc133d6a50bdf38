"""Passkeys: signing in with one, and making, naming and removing one's own.

The views are allauth's; the browser's part is `static/passkeys.js`. Every page that asks for a passkey offers
another way beside it.
"""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tanggap.domain.limits_of_use import Bucket
from tanggap.web import actors
from tanggap.web.account import forms
from tanggap.web.account.adapter import count_try
from tanggap.web.account.door import Door, Stepped
from tanggap.web.http import client_network


def as_json(options: Any) -> str:
    """Return what the browser is asked for, as the text of an attribute."""
    return json.dumps(options, default=dict)


class SignInView(Door, webauthn_views.LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Sign in with a passkey: who it is stands in the key itself, so no name is asked for."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - allauth's
        """Give the browser what it has to sign."""
        count_try(Bucket.PASSKEY_CLIENT, client_network(request))
        return JsonResponse(json.loads(as_json(auth.begin_authentication(user=None))))

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 - allauth's signature
        """Say that it did not work, and leave the other way open."""
        messages.error(self.request, _("Kunci sandi ini tidak diterima. Masuklah dengan kata sandi."))
        return redirect("account_login")


class ListView(webauthn_views.ListWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """The passkeys of one's own."""

    template_name = "account/passkeys.html"


class AddView(Stepped, Door, webauthn_views.AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Make a passkey that can sign in by itself."""

    form_class = forms.PasskeyForm
    template_name = "account/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a key that it keeps, and that asks who is there before it signs."""
        # The view of allauth drops the form that was posted, and asks for a key that only stands in for a code.
        made: dict[str, Any] = super(webauthn_views.AddWebAuthnView, self).get_context_data(**kwargs)
        return {**made, "options": as_json(auth.begin_registration(self.request.user, True))}

    def form_valid(self, form: Any) -> HttpResponse:
        """End every other session: none of them has shown what is asked for from now on."""
        response: HttpResponse = super().form_valid(form)
        actors.made_factor(self.request, timezone.now())  # noqa: TID251 - a door
        return response


class NameView(Door, webauthn_views.EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Give a passkey another name."""

    form_class = forms.PasskeyNameForm
    template_name = "account/passkey_name.html"


class RemoveView(Stepped, webauthn_views.RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Remove a passkey; an admin keeps at least one second factor."""

    template_name = "account/passkey_remove.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why it stays."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, _("Kunci sandi sudah dihapus."))
        return response


class AgainView(Door, webauthn_views.ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """The passkey once more, before something that a stolen session must not do."""

    template_name = "account/again_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for one of the person's keys."""
        made: dict[str, Any] = super().get_context_data(**kwargs)
        return {**made, "options": as_json(made["js_data"]["request_options"])}

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 - allauth's signature
        """Say that it did not work; other ways stand on the page."""
        messages.error(self.request, _("Kunci sandi ini tidak diterima."))
        return redirect(self.request.get_full_path())
