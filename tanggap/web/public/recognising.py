"""Recognise the reporter by number and code, and count the tries."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from tanggap.domain import references
from tanggap.domain.actors import Reporter
from tanggap.domain.limits_of_use import Bucket
from tanggap.services import limits, tracking
from tanggap.web import errors
from tanggap.web.http import client_network
from tanggap.web.public.forms_tracking import TrackForm

_NO_WORDS = "-"


def recognised(request: HttpRequest, form: TrackForm, now: datetime) -> Reporter | HttpResponse:
    """Return the capability that number and code of a form give, or the answer to wrong ones; tries are counted."""
    number, token = form.cleaned_data["number"], form.cleaned_data["token"]
    client = client_network(request)
    verdict = limits.hit(Bucket.TRACK_CLIENT, client, now=now)
    if not verdict.allowed:
        return errors.too_many(request, verdict.retry_after_seconds)
    reporter = tracking.recognise(number=number, token=token)
    if reporter is None:
        counted = references.parse(number) or number[:64] or _NO_WORDS
        verdict = limits.hit(Bucket.TRACK_NUMBER, counted, now=now)
        return errors.wrong_code(request) if verdict.allowed else errors.too_many(request, verdict.retry_after_seconds)
    limits.take_back(Bucket.TRACK_CLIENT, client)
    return reporter
