"""Reference data in Django's admin, to look at and to search.

All of it is read-only: organisation, calendar and time limits change by services and files, as
versions (decision 8), and a row that was edited here would be put back by the next load.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tanggap.models import (
    Agency,
    Area,
    CalendarDay,
    CalendarVersion,
    Category,
    CategoryGroup,
    OversightEdge,
    Policy,
    ReferenceLoad,
    RoutingRule,
    TimeLimit,
    Unit,
)


class ReadOnly:
    """Nobody adds, changes or deletes, whatever the account may do elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A list and a page for each row, without a form."""

    actions = None


class LimitsInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The time limits under their policy."""

    model = TimeLimit
    extra = 0


@admin.register(Area)
class AreaAdmin(ReadOnlyAdmin):
    """Areas of the code book; 91,599 of them, so found by code or name and not counted."""

    list_display = ("code", "name", "level", "code_book", "valid_to")
    list_filter = ("level",)
    search_fields = ("code", "name")
    show_full_result_count = False


@admin.register(Agency)
class AgencyAdmin(ReadOnlyAdmin):
    """Agencies."""

    list_display = ("slug", "name", "kind", "is_synthetic", "valid_from", "valid_to")
    list_filter = ("kind", "is_synthetic")
    search_fields = ("slug", "name", "short_name")


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    """Units of agencies."""

    list_display = ("slug", "name", "agency", "parent", "kind", "is_synthetic", "valid_to")
    list_filter = ("kind", "is_synthetic")
    list_select_related = ("agency", "parent")
    search_fields = ("slug", "name", "agency__name")


@admin.register(OversightEdge)
class OversightEdgeAdmin(ReadOnlyAdmin):
    """Who watches whom."""

    list_display = ("id", "overseer", "overseen", "basis", "valid_from", "valid_to")
    list_select_related = ("overseer", "overseen")
    search_fields = ("overseer__name", "overseen__name")


@admin.register(CategoryGroup)
class CategoryGroupAdmin(ReadOnlyAdmin):
    """Groups that citizens choose from."""

    list_display = ("position", "code", "name", "name_en")


@admin.register(RoutingRule)
class RoutingRuleAdmin(ReadOnlyAdmin):
    """Which words suggest which category and office."""

    list_display = ("code", "position", "words", "category", "authority", "province_unit", "regency_unit", "valid_to")
    search_fields = ("code", "words")


@admin.register(Category)
class CategoryAdmin(ReadOnlyAdmin):
    """Categories."""

    list_display = ("code", "name", "group", "default_authority", "active_from", "active_to")
    list_filter = ("group", "suggest_supervisory", "suggest_confidential")
    list_select_related = ("group",)
    search_fields = ("code", "name", "name_en")


@admin.register(CalendarVersion)
class CalendarVersionAdmin(ReadOnlyAdmin):
    """Versions of the calendar, and why each was made."""

    list_display = ("id", "made_at", "source", "reason", "made_by")
    list_select_related = ("made_by",)


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin):
    """Days off, with the version that brought and the one that took them."""

    list_display = ("day", "name", "kind", "agency", "source", "since_version", "until_version")
    list_filter = ("kind",)
    list_select_related = ("agency", "since_version", "until_version")
    date_hierarchy = "day"


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    """Policies with their time limits."""

    list_display = ("code", "version", "basis", "agency", "valid_from", "valid_to", "inherits")
    list_select_related = ("agency",)
    inlines = (LimitsInline,)


@admin.register(ReferenceLoad)
class ReferenceLoadAdmin(ReadOnlyAdmin):
    """What each load changed."""

    list_display = ("id", "loaded_at", "fingerprint")
