"""The site at /pengelola/: staff only, signed in at /masuk, read-only."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from tanggap.models import (
    Agency,
    Appointment,
    Area,
    CalendarDay,
    CalendarVersion,
    Category,
    CategoryGroup,
    OversightEdge,
    Policy,
    TimeLimit,
    Unit,
)


class ReferenceSite(AdminSite):
    """Reference tables for staff. Sign-in, sign-out and passwords are those of the product."""

    site_header = _("Data rujukan")
    site_title = _("Data rujukan")
    index_title = _("Hanya untuk dilihat")
    site_url = "/meja"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send an anonymous visitor to the one sign-in page; whoever is signed in and no staff finds nothing here."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path(), "/masuk")

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


class LookOnly(ModelAdmin):  # type: ignore[type-arg] # one class for all tables
    """A table to look at: columns in full, nothing to add, change or delete."""

    list_per_page = 100
    show_full_result_count = False

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002 - Django's signature
        """Show every column that is not long text."""
        return [field.name for field in self.model._meta.fields if not field.many_to_one][:8]

    def get_search_fields(self, request: HttpRequest) -> list[str]:  # noqa: ARG002 - Django's signature
        """Search names and slugs where a table has them."""
        columns = {field.name for field in self.model._meta.fields}
        return sorted(columns & {"name", "slug", "code", "short_name"})

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is deleted here."""
        return False


site = ReferenceSite(name="pengelola")
for table in (
    Agency,
    Appointment,
    Area,
    CalendarDay,
    CalendarVersion,
    Category,
    CategoryGroup,
    OversightEdge,
    Policy,
    TimeLimit,
    Unit,
):
    site.register(table, LookOnly)
