"""Read recaps that were published. Everyone may know them, so no viewer is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tanggap.models import Recap, RecapFile

_PAGE = 50

type Made = Recap


class NotFoundError(LookupError):
    """No such recap was published."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some recaps, and the key to the older ones, '' at the end."""

    rows: Sequence[Recap]
    after: str


def list_(*, slug: str = "", after: str = "", size: int = _PAGE) -> Page:
    """Return published recaps, the last published first, of one agency or of all."""
    rows = _published()
    if slug:
        rows = rows.filter(agency__slug=slug)
    if after.isascii() and after.isdigit() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk").defer("content")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def get(slug: str, period: str, checksum: str = "") -> Recap:
    """Return the newest recap of an agency and a period, or the one that has a mark. Raises NotFoundError."""
    rows = _of(slug, period)
    found = (rows.filter(checksum=checksum) if checksum else rows).first()
    if found is None:
        raise NotFoundError(period)
    return found


def versions(recap: Recap) -> list[Recap]:
    """Return all that were published of the same agency and period, the newest first."""
    return list(_of(recap.agency.slug, recap.period).defer("content"))


def content(recap: Recap, kind: str) -> bytes:
    """Return a file of a published recap. Raises NotFoundError."""
    found = RecapFile.objects.filter(_IS_PUBLISHED, recap=recap, kind=kind).values_list("content", flat=True).first()
    if found is None:
        raise NotFoundError(kind)
    return bytes(found)


_IS_PUBLISHED = Q(recap__published_at__isnull=False)


def _published() -> QuerySet[Recap]:
    return Recap.objects.filter(published_at__isnull=False).select_related("agency")


def _of(slug: str, period: str) -> QuerySet[Recap]:
    return _published().filter(agency__slug=slug, period=period).order_by("-finished_at", "-pk")
