"""The evidence of a receipt as a file, to be checked without this site."""

from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from tanggap.domain.checkpoints import published


def evidence_file(value: dict[str, Any]) -> HttpResponse:
    """Return the evidence of a receipt as a file to keep."""
    number = value["receipt"].split(".")[1]
    response = HttpResponse(published(value), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bukti-{number}.json"'
    patch_cache_control(response, private=True, no_store=True)
    return response
