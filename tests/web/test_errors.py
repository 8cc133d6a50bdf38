"""Error pages need neither database nor session, say what to do, and give nothing away."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from tanggap.web import errors

PAGES = [
    (errors.bad_request, 400),
    (errors.forbidden, 403),
    (errors.not_found, 404),
    (errors.server_error, 500),
    (errors.csrf_failure, 403),
    (errors.unavailable, 503),
]


@pytest.mark.parametrize(("page", "status"), PAGES)
def test_each_page_is_shown_without_a_database(page, status):
    response = page(RequestFactory().get("/laporan/7KQ2-M9TD"))
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert '<main id="isi"' in text
    assert "7KQ2" not in text
    assert "nonce" not in text
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.django_db
def test_not_found_is_the_same_bytes_for_whatever_is_asked():
    asked = ["/laporan/7KQ2-M9TD", "/laporan/AAAA-AAAA", "/tidak/ada?x=<b>"]
    answers = [Client().get(path) for path in asked]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    headers = [{k: v for k, v in answer.headers.items() if k not in {"Date", "X-Request-ID"}} for answer in answers]
    assert headers[0] == headers[1] == headers[2]
    assert not answers[0].cookies
    assert "huruf O dan angka 0 berbeda" in answers[0].content.decode()


def test_not_found_speaks_the_readers_language():
    with translation.override("en"):
        assert b'<html lang="en">' in errors.not_found(RequestFactory().get("/")).content


def lose_the_database():
    raise OperationalError("gone")


def test_a_lost_database_outside_a_view_is_503_too():
    try:
        lose_the_database()
    except OperationalError:
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 503
    assert response["Retry-After"] == "10"


def test_too_many_says_when_to_try_again():
    response = errors.too_many(RequestFactory().post("/lapor"), 90, "Anda sudah mengirim 10 laporan.")
    assert response.status_code == 429
    assert response["Retry-After"] == "90"
    text = response.content.decode()
    assert "2 menit" in text
    assert "Anda sudah mengirim 10 laporan." in text
