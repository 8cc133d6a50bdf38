"""Where files wait and stay: under keys, on a disk with room, and nothing half."""

import errno
import resource
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tanggap.adapters.scanning import staging
from tanggap.domain.attachments import Refusal
from tests.adapters import hostile_files as made
from tests.adapters.test_scanning import NOW, put, read


@pytest.fixture
def root(tmp_path):
    return tmp_path / "attachments"


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
