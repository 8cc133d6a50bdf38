"""Where the districts at home lie: what a browser compares its own position with, without sending it anywhere."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tanggap.selectors import areas

_KEPT_SECONDS = 86_400


@require_safe
def points(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give code, latitude and longitude of each district at home; the same for everybody."""
    found = areas.points(settings.HOME_AREA, "district")
    rows = [[code, round(latitude, 4), round(longitude, 4)] for code, latitude, longitude in found]
    response = JsonResponse({"districts": rows})
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response
