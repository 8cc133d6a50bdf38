"""What the forms of this door do alike."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tanggap.selectors import accounts as account_selectors
from tanggap.web import actors, errors
from tanggap.web.account.adapter import TooManyTriesError


class Door:
    """What our forms do alike: 429 when somebody tried too often, 422 when the form has mistakes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 429 to whoever has to wait."""
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except TooManyTriesError as error:
            return errors.too_many(
                request,
                error.retry_after_seconds,
                _("Terlalu banyak percobaan masuk. Kata sandi yang benar pun belum diterima sampai waktu itu."),
            )
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422, with the form as it was filled in."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class Stepped:
    """What changes or shows second factors: where the person has one, only a session that passed it may.

    Else whoever holds a password alone would set up a factor of their own beside it, or read the codes for a lost one.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the second step first."""
        user_id = request.user.pk
        if user_id is not None and not actors.passed_factor(request) and account_selectors.has_factor(user_id):
            return redirect(f"{resolve_url('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response
