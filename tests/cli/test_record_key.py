"""The key that signs the record is made once, and one that is gone is told of, never replaced in silence."""

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings

from tanggap.cli import folder as folders
from tanggap.cli import record_key
from tanggap.cli.errors import CommandError
from tanggap.services import record, signing
from tests.databases import address_of
from tests.make import NOW


def test_the_key_is_made_once_and_told_of_when_it_is_gone(own_database, tmp_path, monkeypatch, capsys):
    for name in ("TANGGAP_RECORD_KEY_FILE", "TANGGAP_RECORD_KEYS", "TANGGAP_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    folder = folders.open_folder(tmp_path / "data")
    path = record_key.place(folder)
    monkeypatch.setattr(settings, "RECORD_KEY_FILE", path)
    with psycopg.connect(address_of(own_database), autocommit=True) as connection:
        record_key.settle(folder, connection)
        assert path.stat().st_mode & 0o777 == 0o600
        made = signing.current().key
        record_key.settle(folder, connection)
        assert signing.current().key == made

        record.checkpoint(now=NOW + timedelta(days=1))
        path.unlink()
        record_key.settle(folder, connection)
        assert not path.exists()
        assert "is missing" in capsys.readouterr().err

        path.write_text("{}", encoding="utf-8")
        path.chmod(0o600)
        with pytest.raises(CommandError, match="'current' and 'keys'"):
            record_key.settle(folder, connection)
        monkeypatch.setenv("TANGGAP_RECORD_KEYS", "given elsewhere")
        record_key.settle(folder, connection)
