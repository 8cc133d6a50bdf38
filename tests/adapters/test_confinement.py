"""The process that opens files of strangers: what it may not do, and what becomes of a file where it fails."""

import resource
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tanggap.adapters.scanning import confinement, images, pdfs
from tanggap.adapters.scanning import inspect as scanner
from tanggap.domain.attachments import Refusal
from tests.adapters import hostile_files as made
from tests.adapters.test_scanning import refusal
from tests.databases import ROOT


@pytest.fixture
def root(tmp_path):
    return tmp_path / "attachments"


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
