"""What is harmless is taken and cleaned; what hides, explodes or acts is refused, and nothing of it stays."""

import base64
import io
import os
import zipfile
import zlib
from datetime import UTC, datetime

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tanggap.adapters.scanning import staging
from tanggap.domain.attachments import FileKind, Refusal
from tests.adapters import hostile_files as made

LEAST_FREE = 1024 * 1024
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "attachments"


def put(root, content, name="foto.jpg", **more):
    return staging.stage(SimpleUploadedFile(name, content), root=root, least_free=LEAST_FREE, **more)


def refusal(root, content, name="foto.jpg"):
    with pytest.raises(staging.RefusedError) as caught:
        put(root, content, name)
    left = [path for path in root.rglob("*") if path.is_file()] if root.exists() else []
    assert left == [], "a refused file leaves nothing"
    return caught.value.reason


def read(root, staged, **more):
    with staging.open_for_reading(root, staged.key, **more) as file:
        return file.read()


class TestImages:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_a_photograph_is_made_smaller_and_gets_a_thumbnail(self, root, form):
        staged = put(root, made.photo(2700, 1800, form=form), f"jalan rusak.{form.lower()}")
        assert (staged.kind, staged.media_type, staged.name) == (FileKind.IMAGE, "image/webp", "jalan rusak.webp")
        assert (staged.width, staged.height) == (2560, 1707)
        with Image.open(io.BytesIO(read(root, staged))) as image:
            assert (image.format, image.size) == ("WEBP", (2560, 1707))
        with Image.open(io.BytesIO(read(root, staged, thumbnail=True))) as image:
            assert (image.format, image.size) == ("WEBP", (640, 427))

    def test_a_small_picture_is_not_blown_up(self, root):
        staged = put(root, made.photo(300, 200))
        assert (staged.width, staged.height) == (300, 200)

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_place_camera_and_owner_are_gone(self, root, form):
        content = made.photo(800, 600, form=form, exif=made.located_exif())
        assert b"KAMERA-RAHASIA" in content
        staged = put(root, content)
        for stored in (read(root, staged), read(root, staged, thumbnail=True)):
            assert b"KAMERA-RAHASIA" not in stored
            assert b"Budi" not in stored
            assert b"EXIF" not in stored
            assert b"XMP" not in stored
            with Image.open(io.BytesIO(stored)) as image:
                assert dict(image.getexif()) == {}
                assert not {"exif", "icc_profile", "xmp"} & set(image.info)

    def test_a_sideways_photograph_is_turned_upright(self, root):
        staged = put(root, made.photo(800, 600, exif=made.located_exif(orientation=6)))
        assert (staged.width, staged.height) == (600, 800)
        with Image.open(io.BytesIO(read(root, staged))) as image:
            red, _, blue = image.convert("RGB").getpixel((300, 50))
            assert red > blue, "what was left is now above"

    def test_colour_profile_and_comments_do_not_pass(self, root):
        staged = put(root, made.photo(80, 60, icc_profile=b"RAHASIA" * 60, comment=b"nomor saya 0812"))
        assert b"RAHASIA" not in read(root, staged)
        assert b"0812" not in read(root, staged)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
    def test_every_way_of_storing_colours_is_read(self, root, mode):
        out = io.BytesIO()
        Image.new(mode, (64, 48)).save(out, "TIFF" if mode == "nothing" else "JPEG" if mode == "CMYK" else "PNG")
        staged = put(root, out.getvalue(), "gambar.png")
        assert (staged.width, staged.height) == (64, 48)

    def test_a_grey_picture_of_sixteen_bits_stays_grey(self, root):
        out = io.BytesIO()
        Image.new("I;16", (64, 48), 0x8000).save(out, "PNG")
        with Image.open(io.BytesIO(read(root, put(root, out.getvalue())))) as image:
            assert all(abs(value - 128) < 6 for value in image.convert("RGB").getpixel((30, 20)))

    def test_five_hundred_megapixels_are_refused_by_the_header(self, root):
        assert refusal(root, made.png_header_of(25_000, 20_000)) is Refusal.TOO_MANY_PIXELS

    @pytest.mark.parametrize(("width", "height"), [(8_000, 8_000), (50_000_001, 1), (2**31 - 1, 2**31 - 1), (0, 0)])
    def test_other_impossible_sizes_are_refused_too(self, root, width, height):
        assert refusal(root, made.png_header_of(width, height)) in {Refusal.TOO_MANY_PIXELS, Refusal.BROKEN}

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_a_file_that_ends_too_early_is_refused(self, root, form):
        content = made.photo(800, 600, form=form)
        assert refusal(root, content[: len(content) * 2 // 3]) is Refusal.BROKEN

    def test_a_signature_without_a_picture_is_refused(self, root):
        assert refusal(root, b"\xff\xd8\xff\xe0" + b"\0" * 200) is Refusal.BROKEN


class TestWhatOnlyPretends:
    @pytest.mark.parametrize(
        ("content", "name", "why"),
        [
            (b"MZ\x90\x00" + b"\0" * 60 + b"This program cannot be run in DOS mode", "foto.jpg", "a Windows program"),
            (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "foto.png", "a Linux program"),
            (b"#!/bin/sh\nrm -rf /\n", "surat.pdf", "a shell script"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "foto.svg", "SVG"),
            (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "foto.png", "SVG with a prologue"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "foto.png", "a page"),
            (b"\n\n <html>", "foto.jpg", "a page behind blanks"),
            (b"GIF89a" + b"=1;/*" + b"\0" * 20 + b"*/alert(1)", "foto.gif", "GIF that is also a script"),
            (b"GIF89a" + b"\0" * 100, "foto.jpg", "GIF"),
            (b"BM" + b"\0" * 100, "foto.bmp", "BMP"),
            (b"II*\x00" + b"\0" * 100, "foto.tif", "TIFF"),
            (b"PK\x03\x04" + b"\0" * 100, "surat.docx", "an archive"),
            (b"%!PS-Adobe-3.0\n", "surat.pdf", "PostScript"),
            (b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic", "foto.jpg", "HEIC"),
            (b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska", "film.webm", "Matroska"),
            (b"x", "x", "one byte"),
            (b"  %PDF-1.7\n", "surat.pdf", "a PDF that begins later, as polyglots do"),
        ],
    )
    def test_what_is_not_taken_is_told_by_its_content(self, root, content, name, why):
        assert refusal(root, content, name) is Refusal.UNKNOWN_TYPE, why

    def test_an_empty_file_is_refused(self, root):
        assert refusal(root, b"") is Refusal.EMPTY

    @pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"<HTML>", b"<?php system(1);", b"%PDF-1.4 "])
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_a_picture_with_a_stowaway_is_refused(self, root, form, tail):
        assert refusal(root, made.photo(60, 40, form=form) + tail) is Refusal.MIXED_TYPE

    @pytest.mark.parametrize("host", [made.photo(60, 40), made.pdf(), made.mp4()])
    def test_a_file_that_is_an_archive_as_well_is_refused(self, root, host):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as bag:
            bag.writestr("virus.js", "alert(1)")
        assert refusal(root, host + archive.getvalue()) is Refusal.MIXED_TYPE

    def test_a_picture_that_is_named_like_a_program_takes_its_real_ending(self, root):
        assert put(root, made.photo(60, 40), "foto.exe").name == "foto.webp"


class TestDocuments:
    def test_an_honest_document_is_taken_and_still_has_its_pages(self, root):
        staged = put(root, made.pdf(), "surat.pdf")
        assert (staged.kind, staged.media_type, staged.name) == (FileKind.DOCUMENT, "application/pdf", "surat.pdf")
        with pikepdf.open(io.BytesIO(read(root, staged))) as document:
            assert len(document.pages) == 1

    def test_author_metadata_and_the_place_of_photographs_are_gone(self, root):
        content = made.pdf(made.with_author)
        assert b"KAMERA-RAHASIA" in content
        stored = read(root, put(root, content, "surat.pdf"))
        assert b"KAMERA-RAHASIA" not in stored
        with pikepdf.open(io.BytesIO(stored)) as document:
            assert "/Metadata" not in document.Root
            assert "/Info" not in document.trailer
            (picture,) = [item for item in document.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
            with Image.open(io.BytesIO(picture.read_raw_bytes())) as image:
                assert image.size == (60, 40)
                assert dict(image.getexif()) == {}

    @pytest.mark.parametrize(
        "trap", [made.with_script, made.with_named_script, made.with_file, made.with_launch, made.with_form_script]
    )
    @pytest.mark.parametrize("packed", [False, True])
    def test_what_acts_or_carries_is_refused_also_inside_object_streams(self, root, trap, packed):
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        assert refusal(root, made.pdf(trap, object_stream_mode=mode), "surat.pdf") is Refusal.ACTIVE_CONTENT

    def test_a_name_written_in_hex_hides_nothing(self, root):
        content = made.pdf(made.with_launch, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert refusal(root, content.replace(b"/Launch", b"/L#61unch"), "surat.pdf") is Refusal.ACTIVE_CONTENT

    @pytest.mark.parametrize(("user", "owner"), [("rahasia", "rahasia"), ("", "rahasia")])
    def test_an_encrypted_document_is_refused(self, root, user, owner):
        content = made.pdf(encryption=pikepdf.Encryption(user=user, owner=owner))
        assert refusal(root, content, "surat.pdf") is Refusal.ENCRYPTED

    @pytest.mark.parametrize(
        ("stream", "filters", "why"),
        [
            (made.deflated_zeros(200_000_000), b"/FlateDecode", "two hundred megabytes of zeros"),
            (made.deflated_zeros(200_000_000, times=2), b"[/FlateDecode /FlateDecode]", "deflated twice"),
            (made.deflated_zeros(200_000_000, times=3), b"[/Fl#61teDecode /Fl /Fl]", "three times, names in hex"),
            (made.deflated_zeros(200_000_000).hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]", "behind hex"),
            (b"\x81\x00" * 900_000 + b"\x80", b"/RunLengthDecode", "run lengths"),
            (b"\x81\x81" * 20_000 + b"\x80", b"[/RunLengthDecode /RL]", "runs of runs"),
            (b"z" * 400_000 + b"~>", b"[/ASCII85Decode" + b" /RunLengthDecode" * 8 + b"]", "nine filters again"),
            (b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", b"/LZWDecode", "LZW is not counted, so not taken"),
            (b"x", b"[" + b"/ASCIIHexDecode " * 9 + b"]", "nine filters"),
            (b"x", b"/Unknown", "an unknown filter"),
        ],
    )
    def test_a_document_that_explodes_is_refused(self, root, stream, filters, why):
        content = made.raw_pdf(stream, filters)
        assert len(content) < 10 * 1024 * 1024, why
        assert refusal(root, content, "surat.pdf") is Refusal.INFLATES, why

    def test_an_object_stream_that_explodes_on_opening_is_refused(self, root):
        assert refusal(root, made.object_stream_bomb(200_000_000), "surat.pdf") is Refusal.INFLATES

    def test_many_streams_count_together(self, root):
        def fill(document):
            document.Root.Lots = pikepdf.Array(
                [document.make_indirect(document.make_stream(b"\0" * 20_000_000)) for _ in range(6)]
            )

        assert refusal(root, made.pdf(fill, compress_streams=True), "surat.pdf") is Refusal.INFLATES

    def test_ninety_megabytes_are_still_taken(self, root):
        put(root, made.raw_pdf(made.deflated_zeros(90_000_000), b"/FlateDecode"), "surat.pdf")

    @pytest.mark.parametrize(
        ("stream", "filters"),
        [
            (base64.a85encode(zlib.compress(b"q Q"), adobe=True)[2:], b"[/ASCII85Decode /FlateDecode]"),
            (b"71 20 5\n1>", b"/AHx"),
            (b"\x02q Q\x80", b"/RunLengthDecode"),
            (zlib.compress(b"q Q")[:-4], b"/FlateDecode"),
        ],
    )
    def test_the_other_ways_of_packing_are_taken_while_they_are_small(self, root, stream, filters):
        put(root, made.raw_pdf(stream, filters), "surat.pdf")

    @pytest.mark.parametrize(
        "content",
        [
            b"%PDF-1.7\n",
            b"%PDF-1.7\n" + os.urandom(2000),
            made.pdf()[:200],
            made.raw_pdf(b"", b"/FlateDecode")
            .replace(b"/Kids [3 0 R]", b"/Kids []     ")
            .replace(b"/Count 1", b"/Count 0"),
        ],
    )
    def test_a_broken_document_is_refused(self, root, content):
        assert refusal(root, content, "surat.pdf") is Refusal.BROKEN

    def test_a_document_of_thirty_megabytes_is_too_large(self, root):
        assert refusal(root, made.pdf() + b"\n" * 30_000_000, "surat.pdf") is Refusal.TOO_LARGE


class TestVideos:
    @pytest.mark.parametrize(
        ("content", "media_type", "name"),
        [
            (made.mp4(), "video/mp4", "film.mp4"),
            (made.mp4(b"mp42"), "video/mp4", "film.mp4"),
            (made.mp4(b"3gp5"), "video/3gpp", "film.3gp"),
            (made.webm(), "video/webm", "film.webm"),
        ],
    )
    def test_a_short_film_is_kept_as_it_is(self, root, content, media_type, name):
        staged = put(root, content, "film.mov")
        assert (staged.kind, staged.media_type, staged.name) == (FileKind.VIDEO, media_type, name)
        assert read(root, staged) == content

    @pytest.mark.parametrize(
        "content",
        [
            made.mp4()[:-10],
            made.mp4() + b"\0" * 5,
            made.mp4()[:24],
            b"\0\0\0\x10ftypisom\0\0\0\0",
            made.mp4() + b"\0\0\0\x00",
            made.webm() + b"x",
            made.webm()[:40],
        ],
    )
    def test_a_film_whose_boxes_do_not_fill_it_is_refused(self, root, content):
        assert refusal(root, content, "film.mp4") is Refusal.BROKEN

    def test_a_film_of_more_than_fifty_megabytes_is_refused(self, root):
        assert refusal(root, made.mp4(length=51 * 1024 * 1024), "film.mp4") is Refusal.TOO_LARGE

    def test_a_film_may_be_larger_than_a_picture(self, root):
        assert put(root, made.mp4(length=12 * 1024 * 1024), "film.mp4").size > 12 * 1024 * 1024
