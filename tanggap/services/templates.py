"""Write canned texts: an admin those of the agency, a liaison officer those of the own unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.db import IntegrityError, transaction

from tanggap.domain.actors import Officer
from tanggap.domain.intake import clean
from tanggap.domain.templates import NAME_LENGTH, TEXT_LENGTH, Kind, unknown
from tanggap.models import Template
from tanggap.selectors import templates


class Flaw(StrEnum):
    """What is wrong with a template that is handed in."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNKNOWN_VARIABLE = "unknown_variable"
    TAKEN = "taken"
    ENDS_TOO_EARLY = "ends_too_early"


_CHANGED = ["kind", "name", "text", "valid_from", "valid_to", "changed_by", "changed_at"]


class Found(NamedTuple):
    """What has to be mended in a template; `named` is the variable that is none."""

    field: str
    flaw: Flaw
    named: str = ""


class TemplateError(Exception):
    """A template cannot be stored: all that has to be mended. Nothing was stored."""

    def __init__(self, *found: Found) -> None:
        super().__init__(", ".join(f"{one.field}: {one.flaw} {one.named}".strip() for one in found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Content:
    """A template as it is handed in."""

    kind: Kind
    name: str
    text: str
    valid_from: date
    valid_to: date | None = None


def flaws(name: str, text: str, valid_from: date | None, valid_to: date | None) -> Iterator[Found]:
    """Yield all that is wrong with what is typed for a template, one flaw of each field at most."""
    for field, value, most in (("name", clean(name), NAME_LENGTH), ("text", clean(text), TEXT_LENGTH)):
        if not value:
            yield Found(field, Flaw.MISSING)
        elif len(value) > most:
            yield Found(field, Flaw.TOO_LONG)
        elif field == "text" and (named := unknown(value)) is not None:
            yield Found(field, Flaw.UNKNOWN_VARIABLE, named)
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        yield Found("valid_to", Flaw.ENDS_TOO_EARLY)


def save(*, actor: Officer, content: Content, now: datetime, key: str = "") -> Template:
    """Store a new template (without a `key`) or a changed one.

    Raises templates.NotFoundError for one that is not the actor's to write, and for an officer who writes none;
    TemplateError for content that cannot be.
    """
    home = templates.home(actor)
    if home is None:
        raise templates.NotFoundError(key)
    row = templates.get(viewer=actor, key=key) if key else Template(agency_id=home[0], unit_id=home[1])
    if (row.agency_id, row.unit_id) != home:
        raise templates.NotFoundError(key)
    if found := tuple(flaws(content.name, content.text, content.valid_from, content.valid_to)):
        raise TemplateError(*found)
    row.kind, row.name, row.text = content.kind.value, clean(content.name), clean(content.text)
    row.valid_from, row.valid_to = content.valid_from, content.valid_to
    row.changed_by_id, row.changed_at = actor.user_id, now
    try:
        with transaction.atomic():
            row.save(update_fields=_CHANGED if row.pk else None)
    except IntegrityError as error:
        if "template_name_once" not in str(error):
            raise
        raise TemplateError(Found("name", Flaw.TAKEN)) from error
    return row
