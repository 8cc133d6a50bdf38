"""Recaps that were published: a list, each as a page in the reader's language, and its files."""

from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tanggap.adapters.outbound import recap_words
from tanggap.adapters.outbound.recap_document import Bar, Block, Chart, Section
from tanggap.domain.ledger import canonical
from tanggap.selectors import published_recaps as selectors
from tanggap.web.recap_pages import called, given

_LONGEST: Final = 100
_MARK_LENGTH: Final = 64
_FULL: Final = Decimal(100)


@require_safe
def recaps(request: HttpRequest) -> HttpResponse:
    """List the recaps that were published, of one agency or of all."""
    slug = request.GET.get("instansi", "")[:_LONGEST].replace("\0", "")
    after = request.GET.get("setelah", "")
    page = selectors.list_(slug=slug, after=after)
    said = {"instansi": slug} if slug else {}
    context = {
        "recaps": [
            {
                "href": f"/rekap/{row.agency.slug}/{row.period}?tanda={row.checksum}",
                "agency": row.agency.name,
                "period": called(row.period),
                "published_at": row.published_at,
            }
            for row in page.rows
        ],
        "slug": slug,
        "older": f"?{urlencode({**said, 'setelah': page.after})}" if page.after else "",
        "first": f"?{urlencode(said)}" if after else "",
    }
    return render(request, "public/recaps.html", context)


@require_safe
def recap(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """Show a recap: the newest of its period, or the one that has the mark in the address."""
    found = _found(request, slug, period)
    document = recap_words.document(found.content or {}, found.checksum, found.signed)
    here = f"/rekap/{slug}/{period}"
    others = [row for row in selectors.versions(found) if row.pk != found.pk]
    context = {
        "document": document,
        "sections": [_section(one) for one in (*document.sections, *document.annex)],
        "facts": document.facts,
        "crumbs": [
            {"label": pgettext("daftar", "Instansi"), "href": "/instansi"},
            {"label": found.agency.name, "href": f"/instansi/{slug}"},
            {"label": _("Rekap"), "href": f"/rekap?instansi={slug}"},
            {"label": document.period},
        ],
        "files": [{"href": f"{here}.{kind}?tanda={found.checksum}", "label": kind.upper()} for kind in _KINDS],
        "others": [
            {"href": f"{here}?tanda={row.checksum}", "finished_at": row.finished_at, "is_newer": row.pk > found.pk}
            for row in others
        ],
        "published_at": found.published_at,
    }
    return render(request, "public/recap.html", context)


_KINDS: Final = ("pdf", "xlsx", "json")


@require_safe
def file(request: HttpRequest, slug: str, period: str, kind: str) -> HttpResponseBase:
    """Give a recap as a file: on paper, as a workbook, or what is kept, over which its mark is."""
    found = _found(request, slug, period)
    tag = f'"{found.checksum[:32]}-{kind}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    if kind == "json":
        answer = HttpResponse(canonical(found.content), content_type="application/json")
    else:
        try:
            answer = given(selectors.content(found, kind), slug, period, kind)
        except selectors.NotFoundError as error:
            raise Http404 from error
    answer["ETag"] = tag
    patch_cache_control(answer, public=True, max_age=300)
    return answer


def _found(request: HttpRequest, slug: str, period: str) -> selectors.Made:
    mark = request.GET.get("tanda", "")
    if len(mark) > _MARK_LENGTH or "\0" in mark:
        raise Http404
    try:
        return selectors.get(slug, period, mark)
    except selectors.NotFoundError as error:
        raise Http404 from error


def _section(one: Section) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "paragraphs": one.paragraphs,
        "blocks": [_block(block) for block in one.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {
            "is_chart": True,
            "title": block.title,
            "bars": [_bar(bar, block.most) for bar in block.bars],
            "beside": [_bar(bar, block.most) for bar in block.beside],
            "names": block.names,
            "notes": block.notes,
        }
    return {
        "caption": block.caption,
        "columns": [{"label": column.label, "number": column.is_number} for column in block.columns],
        "rows": [[cell.text for cell in row] for row in block.rows],
        "notes": [note for note in block.notes if note],
    }


def _bar(bar: Bar, most: Decimal) -> dict[str, Any]:
    """Return a bar with its measures in hundredths of the chart."""
    part = {name: _part(getattr(bar, name), most) for name in ("value", "low", "high")}
    return {"label": bar.label, "text": bar.text, **part}


def _part(value: Decimal | None, most: Decimal) -> str:
    return "" if value is None else f"{value * _FULL / most:.2f}"
