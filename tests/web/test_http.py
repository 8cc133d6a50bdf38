"""Who the client is, which id a request has, and what happens while the database is away."""

import gzip

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from tanggap.web import http

LANGUAGE = "bahasa"
FORWARDED = "6.6.6.6, 203.0.113.7, 10.0.0.2"


def request(**meta):
    return RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **meta)


@pytest.mark.parametrize(
    ("proxies", "address", "why"),
    [
        (0, "192.0.2.1", "without a proxy of ours the header is the client's own word"),
        (1, "10.0.0.2", "one proxy wrote the last entry"),
        (2, "203.0.113.7", "two proxies: the second from the right; what stands left of it may be forged"),
        (4, "192.0.2.1", "fewer entries than proxies: the request did not come through them"),
    ],
)
def test_the_client_is_who_our_outermost_proxy_saw(settings, proxies, address, why):
    settings.TRUSTED_PROXIES = proxies
    assert http.client_address(request(HTTP_X_FORWARDED_FOR=FORWARDED)) == address, why


def test_an_address_that_is_none_falls_back(settings):
    settings.TRUSTED_PROXIES = 1
    assert http.client_address(request(HTTP_X_FORWARDED_FOR="<script>")) == "192.0.2.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_line_counts_as_one_client(address, network):
    assert http.client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def answer(_request):
    return HttpResponse("ok")


def test_each_answer_carries_an_id_of_its_own():
    middleware = http.RequestIdMiddleware(answer)
    first, second = middleware(request()), middleware(request())
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_an_id_is_kept_only_from_our_own_proxy(settings):
    given = {"HTTP_X_REQUEST_ID": "abcdef-123456"}
    assert http.RequestIdMiddleware(answer)(request(**given))["X-Request-ID"] != "abcdef-123456"
    settings.TRUSTED_PROXIES = 1
    assert http.RequestIdMiddleware(answer)(request(**given))["X-Request-ID"] == "abcdef-123456"
    forged = http.RequestIdMiddleware(answer)(request(HTTP_X_REQUEST_ID="a\tb level=error"))
    assert " " not in forged["X-Request-ID"]


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_away_is_answered_with_503_and_a_time_to_try_again(error):
    response = http.DatabaseAwayMiddleware(answer).process_exception(request(), error)
    assert response is not None
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0


def test_an_error_of_a_library_that_hides_a_lost_database_counts_too():
    wrapped = RuntimeError("job not deferred")
    wrapped.__cause__ = OperationalError("gone")
    response = http.DatabaseAwayMiddleware(answer).process_exception(request(), wrapped)
    assert response is not None
    assert response.status_code == 503


def test_our_own_mistakes_are_not_called_a_lost_database():
    assert http.DatabaseAwayMiddleware(answer).process_exception(request(), ValueError("bug")) is None


def test_a_request_passes_unchanged():
    assert http.DatabaseAwayMiddleware(answer)(request()).content == b"ok"


@pytest.mark.parametrize("path", ["/lapor", "/lacak", "/masuk", "/bahasa", "/meja/7KQ2-M9TD"])
def test_a_body_that_no_form_can_have_is_refused_before_it_is_read(client, path):
    class Unread:
        def read(self, *_size):
            raise AssertionError("the body was read")

        close = __iter__ = readline = read

    answer = client.post(path, **{"CONTENT_LENGTH": str(http.LARGEST_BODY + 1), "wsgi.input": Unread()})
    assert answer.status_code == 413


def test_five_videos_and_one_too_many_still_reach_their_form():
    assert http.BodySizeMiddleware(answer)(request(CONTENT_LENGTH=str(6 * 50 * 1024 * 1024))).status_code == 200


class TestUnchangedPages:
    @pytest.mark.django_db
    def test_a_public_page_that_the_browser_has_is_not_sent_again(self, client):
        first = client.get("/tentang")
        assert first["ETag"]
        again = client.get("/tentang", HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content, again["Vary"]) == (304, b"", "Cookie, Accept-Encoding")
        client.cookies[LANGUAGE] = "en"
        assert client.get("/tentang", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200

    @pytest.mark.django_db
    def test_it_is_compressed_for_a_browser_that_takes_it_the_same_each_time(self, client):
        plain = client.get("/tentang")
        packed = client.get("/tentang", HTTP_ACCEPT_ENCODING="br, gzip")
        assert gzip.decompress(packed.content) == plain.content
        assert (packed["Content-Encoding"], int(packed["Content-Length"])) == ("gzip", len(packed.content))
        assert packed["ETag"] != plain["ETag"]
        again = client.get("/tentang", HTTP_ACCEPT_ENCODING="br, gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
        assert again.status_code == 304
        assert "Content-Encoding" not in client.get("/tentang", HTTP_ACCEPT_ENCODING="gzip;q=0, br")

    @pytest.mark.django_db
    def test_a_page_that_may_hold_a_secret_is_not_compressed(self, client):
        assert "Content-Encoding" not in client.get("/lacak", HTTP_ACCEPT_ENCODING="gzip")
        client.cookies["sessionid"] = "x"
        assert "Content-Encoding" not in client.get("/tentang", HTTP_ACCEPT_ENCODING="gzip")

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["/lapor", "/lacak", "/masuk", "/laporan/ZZZZ-ZZZZ"])
    def test_a_page_with_a_form_or_without_a_report_has_no_mark(self, client, path):
        assert "ETag" not in client.get(path)

    @pytest.mark.django_db
    @pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "anything"])
    def test_who_carries_a_cookie_gets_the_whole_page(self, client, cookie):
        mark = client.get("/tentang")["ETag"]
        client.cookies[cookie] = "x"
        answer = client.get("/tentang", HTTP_IF_NONE_MATCH=mark)
        assert answer.status_code == 200
        assert "ETag" not in answer
