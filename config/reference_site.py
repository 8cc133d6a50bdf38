"""The site at /pengelola/: staff only, signed in at /masuk; `tanggap.admin` registers what it shows."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanggap.domain.actors import NationalAdmin
from tanggap.web import actors


class ReferenceSite(AdminSite):
    """Reference tables for staff. Sign-in, sign-out and passwords are those of the product."""

    site_header = _("Data rujukan")
    site_title = _("Data rujukan")
    index_title = _("Hanya untuk dilihat")
    site_url = "/meja"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in the national admin, and only while the session acts as one (ADR 0030)."""
        now = timezone.now()  # noqa: TID251 - a door
        return super().has_permission(request) and isinstance(actors.actor_of(request, now), NationalAdmin)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take our own tables only: those of the libraries (second factors, jobs) have no page here, not even a 403."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label == "tanggap"]
        super().register(ours, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send an anonymous visitor to the one sign-in page; whoever is signed in and no staff finds nothing here."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or "/pengelola/", "/masuk")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override] # noqa: ARG002
        """Signing out is done on the own page."""
        return redirect("/akun")

    def password_change(  # type: ignore[override]
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Passwords are changed on the own page."""
        return redirect("/akun/kata-sandi")
