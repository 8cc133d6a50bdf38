"""Rows: columns and what must always hold, whatever the code does."""

from tanggap.models.agencies import Agency, OversightEdge, Unit
from tanggap.models.areas import Area
from tanggap.models.calendars import CalendarDay, CalendarVersion
from tanggap.models.categories import Category, CategoryGroup
from tanggap.models.policies import Policy, TimeLimit

__all__ = [
    "Agency",
    "Area",
    "CalendarDay",
    "CalendarVersion",
    "Category",
    "CategoryGroup",
    "OversightEdge",
    "Policy",
    "TimeLimit",
    "Unit",
]
