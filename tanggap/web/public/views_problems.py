"""What comes again, for everybody: where, how many published reports, what the office plans, and since when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.selectors import agencies, published_problems
from tanggap.web import recurring


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """List the problems that are worked on, of all agencies or of one."""
    slug = request.GET.get("instansi", "")
    try:
        agency = agencies.by_slug(slug) if slug else None
    except agencies.NotFoundError as error:
        raise Http404 from error
    size = recurring.ROWS_OF_A_PAGE
    before = recurring.page_of(request.GET.dict())
    found = published_problems.list_(agency_id=agency.pk if agency else None, before=before, size=size + 1)
    kept = f"&instansi={slug}" if agency else ""
    page = {
        "agency": agency,
        "rows": [recurring.line(row) for row in found[:size]],
        "onward": f"?sesudah={found[size - 1].pk}{kept}" if len(found) > size else "",
    }
    return render(request, "public/problems.html", page)
