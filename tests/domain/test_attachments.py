"""A file's name is for people; what it may be and how large is a table."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.domain import attachments
from tanggap.domain.attachments import FileKind, Refusal, clean_name, refuse_size


@pytest.mark.parametrize(
    ("claimed", "media_type", "kept"),
    [
        ("jalan rusak.jpg", "image/webp", "jalan rusak.webp"),
        ("SURAT.PDF", "application/pdf", "SURAT.pdf"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\Users\\budi\\foto.png", "image/webp", "foto.webp"),
        ("foto\u202egpj.exe", "image/webp", "foto gpj.webp"),
        ("a\x00b\r\nc.mp4", "video/mp4", "a b c.mp4"),
        ("laporan.tar.gz", "application/pdf", "laporan.tar.pdf"),
        ("tanpa ending", "video/webm", "tanpa ending.webm"),
        ('<script>"x".png', "image/webp", "script x.webp"),
        ("", "image/webp", "lampiran.webp"),
        ("...", "image/webp", "lampiran.webp"),
        (".jpg", "image/webp", "lampiran.webp"),
        ("/", "image/webp", "lampiran.webp"),
        ("Pengaduan no. 12 tanggal 3", "application/pdf", "Pengaduan no. 12 tanggal 3.pdf"),
        ("foto 📷.jpeg", "image/webp", "foto 📷.webp"),
        ("\ud800x.jpg", "image/webp", "x.webp"),
    ],
)
def test_a_name_is_made_harmless_and_stays_recognisable(claimed, media_type, kept):
    assert clean_name(claimed, media_type) == kept


@given(st.text(max_size=600), st.sampled_from(sorted(attachments.STORED_TYPES)))
def test_any_name_becomes_a_file_name(claimed, media_type):
    name = clean_name(claimed, media_type)
    assert name.endswith(attachments.STORED_TYPES[media_type][1])
    assert 1 <= len(name.encode("utf-8")) <= 255
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")


def test_a_long_name_is_cut_between_letters():
    name = clean_name("é" * 400 + ".jpg", "image/webp")
    assert name.endswith("é.webp")
    assert len(name.encode("utf-8")) in {254, 255}


@pytest.mark.parametrize(
    ("size", "kind", "refusal"),
    [
        (0, None, Refusal.EMPTY),
        (-1, FileKind.IMAGE, Refusal.EMPTY),
        (10 * 1024 * 1024, FileKind.IMAGE, None),
        (10 * 1024 * 1024 + 1, FileKind.IMAGE, Refusal.TOO_LARGE),
        (30 * 1024 * 1024, FileKind.DOCUMENT, Refusal.TOO_LARGE),
        (30 * 1024 * 1024, FileKind.VIDEO, None),
        (30 * 1024 * 1024, None, None),
        (50 * 1024 * 1024 + 1, None, Refusal.TOO_LARGE),
    ],
)
def test_sizes_have_bounds_by_kind(size, kind, refusal):
    assert refuse_size(size, kind) is refusal


def test_every_kind_has_a_bound_and_a_stored_type():
    assert set(attachments.LARGEST) == set(FileKind)
    assert {kind for kind, _ in attachments.STORED_TYPES.values()} == set(FileKind)
