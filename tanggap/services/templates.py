"""Write canned texts: an admin those of the agency, a liaison officer those of the own unit."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class TemplateError(Exception):
    """A template cannot be stored; `field` names what has to be mended, `named` the variable that is none."""

    def __init__(self, field: str, flaw: Flaw, named: str = "") -> None:
        super().__init__(f"{field}: {flaw} {named}".strip())
        self.field, self.flaw, self.named = field, flaw, named


@dataclass(frozen=True, slots=True)
class Content:
    """A template as it is handed in."""

    kind: Kind
    name: str
    text: str
    valid_from: date
    valid_to: date | None = None


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
    name, text = clean(content.name), clean(content.text)
    _check(name, text, content)
    row.kind, row.name, row.text = content.kind.value, name, text
    row.valid_from, row.valid_to = content.valid_from, content.valid_to
    row.changed_by_id, row.changed_at = actor.user_id, now
    try:
        with transaction.atomic():
            row.save(update_fields=_CHANGED if row.pk else None)
    except IntegrityError as error:
        if "template_name_once" not in str(error):
            raise
        raise TemplateError("name", Flaw.TAKEN) from error
    return row


def _check(name: str, text: str, content: Content) -> None:
    for field, value, most in (("name", name, NAME_LENGTH), ("text", text, TEXT_LENGTH)):
        if not value:
            raise TemplateError(field, Flaw.MISSING)
        if len(value) > most:
            raise TemplateError(field, Flaw.TOO_LONG)
    if (named := unknown(text)) is not None:
        raise TemplateError("text", Flaw.UNKNOWN_VARIABLE, named)
    if content.valid_to is not None and content.valid_to < content.valid_from:
        raise TemplateError("valid_to", Flaw.ENDS_TOO_EARLY)
