"""The data folder: one owner, no newer data, keys that are made once and never silently again."""

import json
import stat

import pytest

from tanggap.cli import folder as folders
from tanggap.cli import keys
from tanggap.cli.errors import CommandError
from tanggap.cli.folder import NewerError, OwnedError, migration_head


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("TANGGAP_KEYS", raising=False)
    monkeypatch.delenv("TANGGAP_KEY_FILE", raising=False)
    return folders.open_folder(tmp_path / "data")


def test_a_second_owner_is_told_who_the_first_is(folder):
    named = r"process \d+ \(serving on port 8000\)"
    with (
        folder.claim("serving on port 8000"),
        pytest.raises(OwnedError, match=named),
        folder.claim("serving on port 8001"),
    ):
        pytest.fail("two owners at once")


def test_a_folder_is_free_again_when_its_owner_has_left(folder):
    with folder.claim("serving"):
        pass
    with folder.claim("serving"):
        pass


def test_a_folder_is_new_until_its_database_was_prepared(folder):
    assert folder.is_new
    folder.stamp()
    assert not folders.open_folder(folder.path).is_new


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"format": folders.FORMAT + 1}, "a layout that this version does not know"),
        ({"format": folders.FORMAT, "migration": 9999}, "a database that this version does not know"),
    ],
)
def test_a_folder_of_a_newer_version_is_refused(folder, part, why):
    folder.write("version.json", {"program": "99.0", **part})
    with pytest.raises(NewerError, match=r"newer version of Tanggap \(99\.0"):
        folders.open_folder(folder.path)


def test_a_folder_of_an_older_version_is_opened(folder):
    folder.write("version.json", {"format": folders.FORMAT, "program": "0.0.1", "migration": 0})
    assert not folders.open_folder(folder.path).is_new
    assert migration_head() > 0


def test_a_broken_file_is_named(folder):
    (folder.path / "version.json").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"version\.json is not valid JSON"):
        folders.open_folder(folder.path)


def test_the_option_goes_before_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("TANGGAP_DATA", str(tmp_path / "from-environment"))
    assert folders.resolve(None) == tmp_path / "from-environment"
    assert folders.resolve(str(tmp_path / "option")) == tmp_path / "option"
    monkeypatch.delenv("TANGGAP_DATA")
    assert folders.resolve(None) == folders.CHECKOUT / "var"


def test_keys_are_made_for_a_new_folder_private_and_said_so(folder, capsys):
    made = keys.load(folder)
    path = folder.path / "keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "made new keys" in capsys.readouterr().err
    assert keys.mark(keys.load(folder)) == keys.mark(made)
    assert capsys.readouterr().err == ""


def test_a_used_folder_that_lost_its_keys_is_refused(folder):
    keys.load(folder)
    folder.stamp()
    (folder.path / "keys.json").unlink()
    with pytest.raises(CommandError, match="Put it back from a backup"):
        keys.load(folders.open_folder(folder.path))


def test_keys_that_others_may_read_are_refused(folder):
    keys.load(folder)
    (folder.path / "keys.json").chmod(0o644)
    with pytest.raises(CommandError, match="chmod 600"):
        keys.load(folder)


def test_the_mark_of_the_keys_stays_when_the_master_key_is_rotated(folder):
    from tanggap.services.keys import rotate

    before = keys.mark(keys.load(folder))
    rotate(folder.path / "keys.json")
    assert keys.mark(keys.load(folder)) == before


def test_keys_of_the_environment_leave_no_file(folder, monkeypatch, tmp_path):
    keys.load(folder)
    monkeypatch.setenv("TANGGAP_KEYS", (folder.path / "keys.json").read_text(encoding="utf-8"))
    other = folders.open_folder(tmp_path / "other")
    keys.load(other)
    assert not (other.path / "keys.json").exists()


def test_wrong_keys_of_the_environment_are_named(folder, monkeypatch):
    monkeypatch.setenv("TANGGAP_KEYS", json.dumps({"master": {}}))
    with pytest.raises(CommandError, match="TANGGAP_KEYS"):
        keys.load(folder)


def test_no_other_account_reads_attachments_or_letters(tmp_path):
    folder = folders.open_folder(tmp_path / "data")
    for name in ("attachments", "mail"):
        assert (folder.path / name).stat().st_mode & 0o077 == 0
