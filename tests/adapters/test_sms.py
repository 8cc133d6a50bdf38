"""Short messages: a text that is one message, and a gateway that is a program of the operator."""

import json
from pathlib import Path

import pytest

from tanggap.adapters.outbound import sms
from tanggap.adapters.outbound.senders import NotSentError
from tanggap.adapters.outbound.sms import GSM, Command, Folder, ShortMessage

MESSAGE = ShortMessage("+6281234567890", "Kode masuk Tanggap: 135790.", "abc")


@pytest.fixture(autouse=True)
def _rested(monkeypatch):
    monkeypatch.setattr(Command, "_rests_until", 0.0)


@pytest.mark.parametrize("site", ["Tanggap", "Suara Warga 🌾 " + "Kabupaten yang Namanya Panjang Sekali " * 3])
@pytest.mark.parametrize("language", ["id", "en", "xx"])
def test_a_code_is_one_message_in_every_language_whatever_the_site_is_called(settings, site, language):
    host = "tanggap.bantenprov.example" if site == "Tanggap" else f"{'pengaduan.' * 7}go.example"
    settings.SITE_NAME, settings.PUBLIC_URL = site, f"https://{host}"
    made = sms.code(number="+6281234567890", code="135790", language=language, reference="code-1")
    assert "135790" in made.text
    assert len(made.text) <= 160
    assert set(made.text) <= GSM
    if site == "Tanggap":
        assert made.text.endswith(f"\n@{host} #135790")
    assert "135790" not in repr(made)
    assert "code-1" not in made.reference


def test_a_program_gets_number_and_text_on_its_input_and_nothing_of_our_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("TANGGAP_KEYS", "rahasia")
    Command(f"""sh -c 'cat > {tmp_path}/in; echo "[$TANGGAP_KEYS]$*" > {tmp_path}/env'""").hand_over(MESSAGE)
    said = json.loads((tmp_path / "in").read_text())
    assert said == {"to": "+6281234567890", "text": MESSAGE.text, "reference": "abc"}
    assert (tmp_path / "env").read_text() == "[]\n"


@pytest.mark.parametrize(
    ("program", "reason", "is_permanent"),
    [
        ("false", "exit_1", False),
        ("sh -c 'cat; cat >&2; exit 75'", "exit_75", False),
        ("sh -c 'exit 65'", "exit_65", True),  # this number, whenever it is tried
        ("/tidak/ada", "not_run", False),
        ("sh -c 'tanpa penutup", "not_run", False),
    ],
)
def test_what_else_a_program_does_is_a_failure_that_names_no_number_and_no_code(
    program, reason, is_permanent, capfd, caplog
):
    with pytest.raises(NotSentError) as caught:
        Command(program).hand_over(MESSAGE)
    assert (caught.value.reason, caught.value.is_permanent) == (reason, is_permanent)
    said = f"{caplog.text}{capfd.readouterr()}{caught.value!r}{caught.value.__cause__}"
    assert "135790" not in said
    assert "81234567890" not in said


def test_a_program_that_hangs_is_ended_and_left_alone_for_a_while():
    with pytest.raises(NotSentError, match="too_slow"):
        Command("sh -c 'sleep 9 & sleep 9'", seconds=0.05).hand_over(MESSAGE)
    with pytest.raises(NotSentError, match="resting"):
        Command("true").hand_over(MESSAGE)


def test_what_is_written_to_a_folder_nobody_else_reads(settings, tmp_path):
    folder = tmp_path / "sms"
    settings.SMS_DIR = str(folder)
    assert sms.gateway() == Folder(folder)
    sms.gateway().hand_over(MESSAGE)
    sms.gateway().hand_over(MESSAGE)  # a second try
    (file,) = folder.iterdir()
    assert json.loads(file.read_text())["to"] == MESSAGE.number
    assert (folder.stat().st_mode & 0o077, file.stat().st_mode & 0o077) == (0, 0)
    with pytest.raises(NotSentError, match="not_written"):
        Folder(Path("/dev/null/sms")).hand_over(MESSAGE)


def test_there_is_no_gateway_unless_one_is_named_and_a_program_goes_before_a_folder(settings, tmp_path):
    assert sms.gateway() is None
    settings.SMS_DIR, settings.SMS_COMMAND = str(tmp_path), "kirim"
    assert isinstance(sms.gateway(), Command)
