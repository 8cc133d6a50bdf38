"""The open data of the site: listed with their size, and given from the middle where that is asked for."""

import pytest
from django.conf import settings
from django.test import Client

from tanggap.web import ranges
from tests import packages
from tests.packages import BODY

pytestmark = pytest.mark.django_db

CSV = "/data-terbuka/lengkap/data/reports.csv"


@pytest.fixture
def root(tmp_path):
    """Lay a package on the shelf as a build leaves it."""
    before, settings.OPEN_DATA_DIR = settings.OPEN_DATA_DIR, tmp_path
    packages.lay(tmp_path, "reports", "open311")
    yield tmp_path
    settings.OPEN_DATA_DIR = before


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_page_lists_what_there_is_with_date_and_size_and_says_so_where_there_is_nothing(root, client):
    page = client.get("/data-terbuka").content.decode()
    for said in (
        "1.234",
        "1,8\N{NO-BREAK SPACE}MB",
        "CC BY 4.0",
        "Oktober 2026",
        "/data-terbuka/2026-10/paket.zip",
        CSV,
    ):
        assert said in page
    english = Client()
    english.cookies["bahasa"] = "en"
    assert "Reports that are public, a row each." in english.get("/data-terbuka").content.decode()
    assert "Moment of the recording, as hashed." in english.get("/data-terbuka/kamus").content.decode()
    (root / "list.json").unlink()
    assert "sedang disiapkan" in client.get("/data-terbuka").content.decode()


def test_a_file_is_known_again_and_goes_on_where_it_broke_off(root, client):
    whole = client.get(CSV)
    assert body(whole) == BODY
    assert whole["Content-Type"] == "text/csv; charset=utf-8"
    assert (whole["Content-Length"], whole["Accept-Ranges"]) == (str(len(BODY)), "bytes")
    tag, changed = whole["ETag"], whole["Last-Modified"]
    assert client.get(CSV, headers={"if-none-match": tag}).status_code == 304
    assert client.get(CSV, headers={"if-modified-since": changed}).status_code == 304
    for asked, first, last in (("5-14", 5, 14), ("1000-", 1000, len(BODY) - 1), ("-8", len(BODY) - 8, len(BODY) - 1)):
        part = client.get(CSV, headers={"range": f"bytes={asked}", "if-range": tag})
        assert (part.status_code, body(part)) == (206, BODY[first : last + 1])
        assert part["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert client.get(CSV, headers={"range": "bytes=5-14", "if-range": changed}).status_code == 206
    # Another file than the one it has a part of, several parts, or no range at all: the whole.
    for headers in ({"range": "bytes=5-", "if-range": '"other"'}, {"range": "bytes=0-1,4-5"}, {"range": "lines=1-2"}):
        assert body(client.get(CSV, headers=headers)) == BODY
    beyond = client.get(CSV, headers={"range": f"bytes={len(BODY)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(BODY)}")
    head = client.head(CSV)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(BODY)))
    assert body(client.get("/data-terbuka/open311.csv")) == BODY
    (root / "lengkap" / "data" / "reports.csv").write_bytes(BODY + b"more")
    assert client.get(CSV, headers={"if-none-match": tag}).status_code == 200


def test_few_long_downloads_run_at_once_and_each_makes_room_when_it_ends(root, client):
    address = "/data-terbuka/lengkap/paket.zip"
    first, second = client.get(address), client.get(address)
    refused = client.get(address)
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert client.head(address).status_code == 200
    assert body(first) == b"PK" * 900_000
    second.close()
    assert body(client.get(address, headers={"range": "bytes=4-"})) == (b"PK" * 900_000)[4:]
    assert ranges._running._value == 2


@pytest.mark.parametrize(
    "path",
    [
        *(
            "lengkap/../list.json",
            "lengkap/data/../../list.json",
            "lengkap/list.json",
            "lengkap/data/reports.csv/",
            "x/",
        ),
        *("lengkap/data/secret.csv", "lengkap/data/reports.exe", "lengkap/lines/..txt", "tidak-ada/datapackage.json"),
        *("lengkap/data/%2e%2e/list.json", "LENGKAP/datapackage.json", "lengkap/data/reports.csv%00.json"),
    ],
)
def test_what_is_no_file_of_a_package_is_not_there(root, client, path):
    assert client.get(f"/data-terbuka/{path}").status_code == 404
