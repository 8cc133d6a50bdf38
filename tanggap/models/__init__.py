"""Rows: columns and what must always hold, whatever the code does."""

from tanggap.models.accounts import Appointment, SignInDay, User
from tanggap.models.agencies import Agency, OversightEdge, Unit
from tanggap.models.areas import Area
from tanggap.models.calendars import CalendarDay, CalendarVersion
from tanggap.models.categories import Category, CategoryGroup
from tanggap.models.limits import RateWindow
from tanggap.models.policies import Policy, TimeLimit

__all__ = [
    "Agency",
    "Appointment",
    "Area",
    "CalendarDay",
    "CalendarVersion",
    "Category",
    "CategoryGroup",
    "OversightEdge",
    "Policy",
    "RateWindow",
    "SignInDay",
    "TimeLimit",
    "Unit",
    "User",
]
