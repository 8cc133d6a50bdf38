"""Keep, rename, share and remove lists by name. They are no part of the record: what is removed is gone."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from tanggap.domain.actors import Officer, unit_of
from tanggap.domain.intake import clean
from tanggap.models import SavedView
from tanggap.selectors import narrowing, saved_views

LONGEST_NAME = 60
_KEY_BYTES = 8


class Refusal(StrEnum):
    """Why a view is not kept."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TAKEN = "taken"
    TOO_MANY = "too_many"


class RefusedError(Exception):
    """A view is not kept; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def keep(*, actor: Officer, name: str, said: Mapping[str, str], is_shared: bool, now: datetime) -> SavedView:
    """Keep what an address says under a name. Raises RefusedError."""
    chosen = _name(name)
    if SavedView.objects.filter(owner_id=actor.user_id).count() >= saved_views.MOST_OWN:
        raise RefusedError(Refusal.TOO_MANY)
    view = SavedView(
        key=secrets.token_hex(_KEY_BYTES),
        owner_id=actor.user_id,
        agency_id=actor.agency_id,
        unit_id=unit_of(actor),
        name=chosen,
        said=narrowing.known(said),
        is_shared=is_shared,
        created_at=now,
    )
    return _store(view)


def change(*, actor: Officer, key: str, name: str, is_shared: bool) -> SavedView:
    """Give a view another name, or share it or not. Raises RefusedError and saved_views.NotFoundError."""
    view = saved_views.get(viewer=actor, key=key)
    view.name, view.is_shared = _name(name), is_shared
    return _store(view)


def remove(*, actor: Officer, key: str) -> None:
    """Remove a view. Raises saved_views.NotFoundError."""
    saved_views.get(viewer=actor, key=key).delete()


def _name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not name:
        raise RefusedError(Refusal.NO_NAME)
    if len(name) > LONGEST_NAME:
        raise RefusedError(Refusal.TOO_LONG)
    return name


def _store(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save(update_fields=None if view.pk is None else ["name", "is_shared"])
    except IntegrityError as error:
        raise RefusedError(Refusal.TAKEN) from error
    return view
