"""Codes in the database are plain strings; for the life cycle the database refuses codes it has not been told of."""

from enum import StrEnum

from django.db.models import CheckConstraint, Q


def one_of(column: str, codes: type[StrEnum], *, name: str) -> CheckConstraint:
    """Return the constraint that a column holds one of the codes: for the life cycle, not for labels."""
    return CheckConstraint(name=name, condition=Q(**{f"{column}__in": [code.value for code in codes]}))
