"""Stored files leave with headers under which nothing runs."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from tanggap.adapters.scanning import staging
from tanggap.web.files import serve
from tests.adapters import hostile_files


@pytest.fixture(scope="module")
def photo():
    upload = SimpleUploadedFile("x.jpg", hostile_files.photo(80, 60))
    return staging.stage(upload, root=settings.ATTACHMENTS_DIR, least_free=0)


def read(response):
    """Return the bytes, and let go of the file as a server does."""
    with response.file_to_stream:
        return b"".join(response.streaming_content)


def test_a_picture_is_shown_and_nothing_in_it_runs(photo):
    answer = serve(key=photo.key, media_type=photo.media_type, name=photo.name)
    assert read(answer).startswith(b"RIFF")
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_only_what_is_public_may_stay_in_a_cache(photo):
    answer = serve(key=photo.key, media_type=photo.media_type, name=photo.name, is_public=True)
    assert read(answer)
    assert "public" in answer["Cache-Control"]


def test_the_thumbnail_is_the_smaller_one(photo):
    small = serve(key=photo.key, media_type=photo.media_type, name=photo.name, thumbnail=True)
    assert read(small).startswith(b"RIFF")


@pytest.mark.parametrize(
    ("media_type", "thumbnail"), [("text/html", False), ("image/svg+xml", False), ("application/pdf", True)]
)
def test_what_is_none_of_our_types_is_not_found(photo, media_type, thumbnail):
    with pytest.raises(Http404):
        serve(key=photo.key, media_type=media_type, name="x", thumbnail=thumbnail)


@pytest.mark.parametrize("key", ["0" * 32, "../../etc/passwd", "", "A" * 32])
def test_a_key_without_a_file_is_not_found(key):
    with pytest.raises(Http404):
        serve(key=key, media_type="image/webp", name="x")


def test_a_name_cannot_break_the_header(photo):
    answer = serve(key=photo.key, media_type=photo.media_type, name='a"; filename=x.exe\nSet-Cookie.webp')
    assert read(answer)
    assert "\n" not in answer["Content-Disposition"]
