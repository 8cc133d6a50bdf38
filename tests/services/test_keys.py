"""The vault opens with the right key, for the right report, and with nothing else."""

import base64
import json
import os
import stat
import threading

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from tanggap.domain import references
from tanggap.services import keys

NUMBER = references.make(b"\x12\x34\x56\x78\x9a")
OTHER = references.make(b"\x9a\x78\x56\x34\x12")


@pytest.fixture(autouse=True)
def key_file(tmp_path, settings):
    path = tmp_path / "keys.json"
    keys.make_key_file(path)
    settings.KEYS, settings.KEY_FILE = "", path
    return path


class TestTheKeyRing:
    def test_a_new_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(self, key_file):
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
        assert [found.name for found in key_file.parent.iterdir()] == ["keys.json"]
        assert set(json.loads(key_file.read_text())) == {"master", "current", "token", "lookup", "secret"}

    def test_an_existing_file_is_never_replaced(self, key_file):
        before = key_file.read_bytes()
        with pytest.raises(FileExistsError):
            keys.make_key_file(key_file)
        assert key_file.read_bytes() == before
        assert len(list(key_file.parent.iterdir())) == 1

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
    def test_a_file_that_others_may_use_is_refused_with_the_cure(self, key_file, mode):
        key_file.chmod(mode)
        with pytest.raises(keys.KeyRingError, match=f"chmod 600 {key_file}"):
            keys.ring()

    def test_a_missing_file_is_named(self, key_file):
        key_file.unlink()
        with pytest.raises(keys.KeyRingError, match=str(key_file)):
            keys.token_for(NUMBER)
        with pytest.raises(keys.KeyRingError, match=str(key_file)):
            keys.read_key_file(key_file)

    def test_a_folder_or_a_pipe_is_no_key_file(self, tmp_path, settings):
        settings.KEY_FILE = tmp_path
        with pytest.raises(keys.KeyRingError, match="regular file"):
            keys.ring()
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe, 0o600)
        settings.KEY_FILE = pipe
        with pytest.raises(keys.KeyRingError, match="regular file"):
            keys.ring()

    def test_keys_of_the_environment_go_before_the_file(self, key_file, settings):
        of_file = keys.token_for(NUMBER)
        settings.KEYS = keys.make_key_file(key_file.with_name("other.json")).as_json()
        assert keys.token_for(NUMBER) != of_file

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"master": {}}, "'current' names no master key"),
            ({"master": {"0": "x"}}, "numbers from 1"),
            ({"master": {"1": "no base64!"}}, "'master 1' is not base64"),
            ({"master": {"1": 5}}, "'master 1' is not base64"),
            ({"token": base64.b64encode(b"short").decode()}, "'token' has 5 bytes"),
            ({"lookup": None}, "'lookup' is not base64"),
            ({"current": "9"}, "'current' names no master key"),
            ({"current": "²"}, "'current' names no master key"),
            ({"master": []}, "an object with"),
        ],
    )
    def test_a_wrong_ring_says_which_part_is_wrong(self, key_file, settings, change, says):
        settings.KEYS = json.dumps({**json.loads(key_file.read_text()), **change})
        with pytest.raises(keys.KeyRingError, match=f"TANGGAP_KEYS: .*{says}"):
            keys.ring()

    @pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff\xfe", b""])
    def test_a_broken_file_is_named_and_not_shown(self, key_file, raw):
        key_file.write_bytes(raw)
        with pytest.raises(keys.KeyRingError, match=str(key_file)):
            keys.ring()

    def test_no_key_shows_in_the_text_of_the_ring(self, key_file):
        shown = repr(keys.ring())
        assert "current=1" in shown
        for coded in [*json.loads(key_file.read_text())["master"].values()]:
            assert coded not in shown
        assert "b'" not in shown

    def test_the_secret_of_django_comes_from_the_ring(self, key_file):
        assert keys.secret_key() == json.loads(key_file.read_text())["secret"]


class TestRotation:
    def test_a_new_master_key_wraps_and_the_old_one_still_opens(self, key_file):
        data_key = keys.new_data_key()
        old = keys.wrap(data_key)
        assert keys.is_current(old[0])
        assert keys.rotate() == 2
        new = keys.wrap(data_key)
        assert (old[0], new[0]) == (1, 2)
        assert not keys.is_current(old[0])
        assert keys.unwrap(*old) == keys.unwrap(*new) == data_key

    def test_rotation_leaves_tokens_and_lookups_alone(self):
        before = keys.token_for(NUMBER), keys.lookup_hash("phone", "08123456789"), keys.secret_key()
        keys.rotate()
        assert (keys.token_for(NUMBER), keys.lookup_hash("phone", "08123456789"), keys.secret_key()) == before

    def test_the_file_stays_private_and_alone(self, key_file):
        keys.rotate(key_file)
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
        assert len(list(key_file.parent.iterdir())) == 1
        assert set(json.loads(key_file.read_text())["master"]) == {"1", "2"}

    def test_rotations_at_the_same_time_lose_no_key(self, key_file):
        threads = [threading.Thread(target=keys.rotate, args=(key_file,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(keys.ring().master) == [1, 2, 3, 4, 5, 6, 7]

    def test_keys_of_the_environment_are_not_rotated_here(self, key_file, settings):
        settings.KEYS = key_file.read_text()
        with pytest.raises(keys.KeyRingError, match="environment"):
            keys.rotate()


class TestSeals:
    CONTEXT = f"{NUMBER}:identity".encode()

    @tuned(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(plain=st.binary(max_size=300), context=st.binary(max_size=30))
    def test_what_was_sealed_comes_back(self, plain, context):
        data_key = keys.new_data_key()
        blob = keys.seal(data_key, plain, context)
        assert keys.open_(data_key, blob, context) == plain
        assert keys.open_(data_key, memoryview(blob), context) == plain

    def test_the_same_words_never_look_the_same(self):
        data_key = keys.new_data_key()
        assert len({keys.seal(data_key, b"Budi", self.CONTEXT) for _ in range(100)}) == 100

    def test_wrong_key_wrong_report_and_every_changed_byte_are_one_error(self):
        data_key = keys.new_data_key()
        blob = keys.seal(data_key, b"Budi", self.CONTEXT)
        wrong = [
            (keys.new_data_key(), blob, self.CONTEXT),
            (data_key, blob, f"{OTHER}:identity".encode()),
            (data_key, blob, b""),
            (data_key, b"", self.CONTEXT),
            (data_key, blob[:5], self.CONTEXT),
            (data_key, blob[:-1], self.CONTEXT),
            (b"short", blob, self.CONTEXT),
        ]
        wrong += [
            (data_key, blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :], self.CONTEXT)
            for place in range(len(blob))
        ]
        for case in wrong:
            with pytest.raises(keys.SealBrokenError):
                keys.open_(*case)

    def test_a_wrapped_key_opens_with_its_own_version_alone(self):
        version, blob = keys.wrap(keys.new_data_key())
        keys.rotate()
        for other in (version + 1, 99):
            with pytest.raises(keys.SealBrokenError):
                keys.unwrap(other, blob)

    def test_another_installation_cannot_unwrap(self, key_file, settings):
        wrapped = keys.wrap(keys.new_data_key())
        settings.KEY_FILE = key_file.with_name("other.json")
        keys.make_key_file(settings.KEY_FILE)
        with pytest.raises(keys.SealBrokenError):
            keys.unwrap(*wrapped)


class TestTokens:
    def test_a_token_is_always_the_same_and_differs_by_report(self):
        assert keys.token_for(NUMBER) == keys.token_for(NUMBER) != keys.token_for(OTHER)
        assert references.parse_token(keys.token_for(NUMBER)) == keys.token_for(NUMBER)

    def test_the_right_token_opens_however_it_is_typed(self):
        token = keys.token_for(NUMBER)
        for typed in (token, token.lower(), token.replace("-", ""), f" {token.replace('-', ' ')} "):
            assert keys.token_matches(NUMBER, typed)

    def test_a_wrong_token_does_not(self):
        token = keys.token_for(NUMBER)
        last = "0" if token[-1] != "0" else "1"
        for typed in ("", "0" * 16, token[:-1], token[:-1] + last, token + "0", keys.token_for(OTHER), "é" * 16):
            assert not keys.token_matches(NUMBER, typed)


class TestLookups:
    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            ("phone", "0812-3456-7890", "+62 812 3456 7890"),
            ("phone", "6281234567890", "081234567890"),
            ("phone", "(021) 555 1234", "+62215551234"),
            ("email", " Budi@Example.ID ", "budi@example.id"),
            ("nik", "3603 1215 0590 0001", "3603121505900001"),
        ],
    )
    def test_the_same_thing_is_found_however_it_is_written(self, kind, one, other):
        assert keys.lookup_hash(kind, one) == keys.lookup_hash(kind, other)
        assert len(keys.lookup_hash(kind, one)) == 32

    def test_different_things_and_kinds_are_apart(self):
        hashes = {
            keys.lookup_hash("phone", "081234567890"),
            keys.lookup_hash("phone", "081234567891"),
            keys.lookup_hash("nik", "081234567890"),
            keys.lookup_hash("email", "081234567890"),
        }
        assert len(hashes) == 4

    def test_what_is_no_telephone_number_still_has_a_lookup(self):
        assert keys.lookup_hash("phone", "tidak ada") == keys.lookup_hash("phone", "")

    def test_without_the_key_the_hash_is_another(self, key_file, settings):
        before = keys.lookup_hash("phone", "081234567890")
        settings.KEY_FILE = key_file.with_name("other.json")
        keys.make_key_file(settings.KEY_FILE)
        assert keys.lookup_hash("phone", "081234567890") != before
