"""What is harmless is taken and cleaned; what hides, explodes or acts is refused, and nothing of it stays."""

import base64
import errno
import io
import os
import resource
import stat
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tanggap.adapters.scanning import confinement, images, pdfs, staging
from tanggap.adapters.scanning import inspect as scanner
from tanggap.domain.attachments import FileKind, Refusal
from tests.adapters import hostile_files as made
from tests.databases import ROOT

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


class TestAgain:
    def test_a_second_name_has_the_same_content_and_a_life_of_its_own(self, root):
        first = put(root, made.photo(900, 600))
        second = staging.again(first, root=root)
        assert second.key != first.key
        staging.discard(root, first.key)
        assert staging.digest(root, second.key) == second.sha256 == first.sha256
        assert read(root, second, thumbnail=True)

    def test_what_is_gone_has_no_second_name(self, root):
        first = put(root, made.photo(900, 600))
        staging.discard(root, first.key)
        with pytest.raises(FileNotFoundError):
            staging.again(first, root=root)


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


class TestStaging:
    def test_a_stored_file_is_private_and_the_same_as_its_hash(self, root):
        staged = put(root, made.photo(60, 40))
        path = root / staged.key[:2] / staged.key[2:4] / staged.key
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert staging.digest(root, staged.key) == staged.sha256
        assert len(staged.sha256) == 32
        assert path.stat().st_size == staged.size
        assert list((root / "staging").iterdir()) == []

    def test_the_same_file_twice_has_two_keys(self, root):
        content = made.photo(60, 40)
        assert put(root, content).key != put(root, content).key

    def test_without_room_nothing_is_stored(self, root):
        upload = SimpleUploadedFile("foto.jpg", made.photo(60, 40))
        with pytest.raises(staging.NoRoomError) as caught:
            staging.stage(upload, root=root, least_free=2**62)
        assert caught.value.reason is Refusal.NO_ROOM
        assert [path for path in root.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
    def test_a_disk_that_fills_up_meanwhile_leaves_nothing(self, root, code):
        class Filling(SimpleUploadedFile):
            def chunks(self, chunk_size=None):
                yield b"\xff\xd8\xff"
                raise OSError(code, "no space")

        with pytest.raises(staging.NoRoomError):
            staging.stage(Filling("foto.jpg", made.photo(60, 40)), root=root, least_free=0)
        assert [path for path in root.rglob("*") if path.is_file()] == []

    def test_a_really_full_disk_is_met_as_well(self, root):
        """A file-size limit of the kernel stands in for the full disk: the write fails in the middle."""
        content = made.mp4(length=3_000_000)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
        try:
            with pytest.raises(staging.NoRoomError):
                put(root, content, "film.mp4")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert [path for path in root.rglob("*") if path.is_file()] == []

    def test_a_size_that_lies_is_counted(self, root):
        class Lying(SimpleUploadedFile):
            def chunks(self, chunk_size=None):
                for _ in range(60):
                    yield b"\0" * 1024 * 1024

        with pytest.raises(staging.RefusedError) as caught:
            staging.stage(Lying("film.mp4", b"x"), root=root, least_free=0)
        assert caught.value.reason is Refusal.TOO_LARGE
        assert [path for path in root.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize(
        "key", ["", "../../etc/passwd", "a" * 31, "A" * 32, "g" * 32, "0" * 32 + "\n", "/etc/passwd", "0" * 32]
    )
    def test_what_is_no_key_or_unknown_is_not_found(self, root, key):
        root.mkdir()
        with pytest.raises(FileNotFoundError):
            staging.open_for_reading(root, key)
        staging.discard(root, key)

    def test_a_link_is_not_followed(self, root):
        staged = put(root, made.photo(60, 40))
        path = root / staged.key[:2] / staged.key[2:4] / staged.key
        path.unlink()
        path.symlink_to("/etc/passwd")
        with pytest.raises(OSError, match=r"[Ll]evels of symbolic links"):
            staging.open_for_reading(root, staged.key)

    def test_a_document_has_no_thumbnail(self, root):
        staged = put(root, made.pdf(), "surat.pdf")
        with pytest.raises(FileNotFoundError):
            staging.open_for_reading(root, staged.key, thumbnail=True)

    def test_the_sweep_takes_what_no_row_names_and_what_a_crash_left(self, root):
        kept, lost = put(root, made.photo(60, 40)), put(root, made.photo(60, 40))
        (root / "staging" / "0123.clean").write_bytes(b"left by a crash")
        asked = []

        def known(keys):
            asked.extend(keys)
            return {kept.key}

        soon = datetime.fromtimestamp(root.stat().st_ctime, UTC) + timedelta(hours=1)
        long_ago = soon - timedelta(days=1)
        assert staging.sweep(root, known_keys=known, older_than=long_ago) == []
        assert asked == []
        assert staging.sweep(root, known_keys=known, older_than=soon) == [lost.key]
        assert sorted(asked) == sorted([kept.key, lost.key])
        assert staging.sweep(root, known_keys=known, older_than=soon) == []
        left = {path.name for path in root.rglob("*") if path.is_file()}
        assert left == {kept.key, f"{kept.key}.640"}

    def test_a_sweep_of_nothing_is_quiet(self, root):
        assert staging.sweep(root, known_keys=lambda keys: keys, older_than=NOW) == []

    def test_a_discarded_file_is_gone(self, root):
        staged = put(root, made.photo(60, 40))
        staging.discard(root, staged.key)
        assert [path for path in root.rglob("*") if path.is_file()] == []


class TestWithoutTheConfinedProcess:
    """The cleaners called directly: the same judgement, and what they do can be measured."""

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (made.photo(3000, 2000, exif=made.located_exif(6)), (1707, 2560)),
            (made.png_header_of(25_000, 20_000), Refusal.TOO_MANY_PIXELS),
            (made.png_header_of(8_000, 8_000), Refusal.TOO_MANY_PIXELS),
            (made.png_header_of(100, 100), Refusal.BROKEN),
        ],
    )
    def test_images(self, tmp_path, content, expected):
        source, clean, small = tmp_path / "a", tmp_path / "b", tmp_path / "c"
        source.write_bytes(content)
        media_type = "image/jpeg" if content.startswith(b"\xff\xd8") else "image/png"
        said = images.clean(media_type, source, clean, small)
        assert (said if isinstance(said, Refusal) else (said["width"], said["height"])) == expected
        assert clean.exists() == small.exists() == (not isinstance(said, Refusal))

    @pytest.mark.parametrize("form", ["L", "RGBA", "I;16"])
    def test_colours(self, tmp_path, form):
        source = tmp_path / "a"
        Image.new(form, (20, 10)).save(source, "PNG")
        assert images.clean("image/png", source, tmp_path / "b", tmp_path / "c")["width"] == 20

    def test_trouble_of_the_machine_is_not_laid_on_the_file(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            images.clean("image/png", tmp_path / "none", tmp_path / "b", tmp_path / "c")

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (made.pdf(), None),
            (made.pdf(made.with_author), None),
            (made.pdf(made.with_script), Refusal.ACTIVE_CONTENT),
            (made.pdf(made.with_named_script), Refusal.ACTIVE_CONTENT),
            (made.pdf(made.with_file), Refusal.ACTIVE_CONTENT),
            (made.pdf(made.with_launch), Refusal.ACTIVE_CONTENT),
            (made.pdf(made.with_huge_picture), Refusal.TOO_MANY_PIXELS),
            (made.pdf(encryption=pikepdf.Encryption(user="", owner="x")), Refusal.ENCRYPTED),
            (made.pdf(encryption=pikepdf.Encryption(user="x", owner="x")), Refusal.ENCRYPTED),
            (made.raw_pdf(made.deflated_zeros(200_000_000), b"/FlateDecode"), Refusal.INFLATES),
            (made.raw_pdf(b"x", b"[/FlateDecode /LZWDecode]"), Refusal.INFLATES),
            (b"%PDF-1.7\n", Refusal.BROKEN),
            (
                made.raw_pdf(b"", b"/FlateDecode").replace(b"/Kids [3 0 R] /Count 1", b"/Kids []      /Count 0"),
                Refusal.BROKEN,
            ),
        ],
    )
    def test_documents(self, tmp_path, content, expected):
        source, clean = tmp_path / "a", tmp_path / "b"
        source.write_bytes(content)
        said = pdfs.clean("application/pdf", source, clean, tmp_path / "c")
        assert said == (expected or {"media_type": "application/pdf"})
        assert clean.exists() == (expected is None)

    def test_a_document_of_too_many_objects_is_refused(self, tmp_path, monkeypatch):
        monkeypatch.setattr(pdfs, "_MOST_OBJECTS", 2)
        (tmp_path / "a").write_bytes(made.pdf())
        assert pdfs.clean("application/pdf", tmp_path / "a", tmp_path / "b", tmp_path / "c") is Refusal.INFLATES

    @pytest.mark.parametrize(
        ("jpeg", "kept"),
        [
            (b"no jpeg", b"no jpeg"),
            (b"\xff\xd8\xff\xe1\x00\x04XX\xff\xda\x00\x02data", b"\xff\xd8\xff\xda\x00\x02data"),
            (b"\xff\xd8\xff\xff\xe0\x00\x04XX\xff\xd9", b"\xff\xd8\xff\xe0\x00\x04XX\xff\xd9"),
            (b"\xff\xd8\xff", b"\xff\xd8\xff"),
        ],
    )
    def test_exif_is_cut_out_of_a_jpeg_segment_by_segment(self, jpeg, kept):
        assert pdfs.without_exif(jpeg) == kept


class TestTheWorker:
    def test_a_worker_that_dies_refuses_the_file(self, tmp_path, monkeypatch):
        path = tmp_path / "foto"
        path.write_bytes(made.photo(60, 40))
        monkeypatch.setattr(confinement.sys, "executable", "/bin/false")
        found = scanner.inspect(path, "foto.jpg", path.stat().st_size, workspace=tmp_path)
        assert found.reason is Refusal.BROKEN
        assert [left.name for left in tmp_path.iterdir()] == ["foto"]

    def test_the_worker_loads_no_decoder_that_it_does_not_need(self, tmp_path):
        (tmp_path / "foto").write_bytes(made.photo(60, 40))
        script = (
            "import pathlib, sys; from tanggap.adapters.scanning import images; from PIL import Image\n"
            "said = images.clean('image/jpeg', *(pathlib.Path(sys.argv[1]) / name for name in ('foto', 'a', 'b')))\n"
            "print(said['media_type'], *sorted(Image.OPEN))"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        assert done.stdout.split() == ["image/webp", "BMP", "DIB", "GIF", "JPEG", "PNG", "PPM", "WEBP"]

    def test_memory_of_the_server_does_not_grow_with_a_bomb(self, root):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        refusal(root, made.object_stream_bomb(160_000_000), "surat.pdf")
        refusal(root, made.png_header_of(25_000, 20_000))
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000

    def test_the_worker_is_told_nothing_of_the_server(self, tmp_path, monkeypatch):
        spy = tmp_path / "spy"
        spy.write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\nexit 1\n")
        spy.chmod(0o700)
        monkeypatch.setattr(confinement.sys, "executable", str(spy))
        monkeypatch.setenv("TANGGAP_KEYS", "rahasia")
        monkeypatch.setenv("DATABASE_URL", "rahasia")
        path = tmp_path / "foto"
        path.write_bytes(made.photo(60, 40))
        scanner.inspect(path, "foto.jpg", path.stat().st_size, workspace=tmp_path)
        assert "rahasia" not in Path(tmp_path / "seen").read_text()
