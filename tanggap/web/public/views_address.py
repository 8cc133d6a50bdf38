"""Confirm an e-mail address by the link in the first mail: looking at the link does nothing, the button does.

Mail programs and virus scanners open links by themselves, so a GET confirms nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tanggap.services import addresses, confirmations


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Show a button for a link that is good, and confirm the address when it is pressed."""
    found = confirmations.read(signed)
    if found is None:
        return render(request, "tracking/address.html", {"state": "gone"}, status=404)
    if request.method != "POST":
        return render(request, "tracking/address.html", {"state": "asks"})
    report_id, email_hash = found
    now = timezone.now()  # noqa: TID251 - a door
    if not addresses.confirm(report_id, email_hash=email_hash, now=now):
        return render(request, "tracking/address.html", {"state": "gone"}, status=404)
    return render(request, "tracking/address.html", {"state": "done"})
