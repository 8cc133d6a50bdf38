"""What the forms of this door do alike."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from tanggap.web import errors
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
