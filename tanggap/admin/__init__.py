"""Django's admin, for looking at reference tables only: nothing can be changed in it.

What deadlines depend on (calendar, limits, organisation) is versioned and written by services, so
that a change is an event and old reports keep the old rule (ADR 0008).
"""

from tanggap.admin import reference

__all__ = ["reference"]
