"""Mail goes to a real SMTP server, and each way in which it can refuse is told apart."""

import socket
from dataclasses import replace

import pytest

from tanggap.adapters.outbound.letters import Letter
from tanggap.adapters.outbound.senders import SENDERS, NotSentError
from tanggap.domain.notices import Channel
from tests import smtp

LETTER = Letter(
    address="siti@example.org",
    subject="Laporan 7KQ2-M9TD diteruskan ke Dinas Pekerjaan Umum",
    text="Laporan Anda diteruskan.\n\nJawaban paling lambat Selasa, 21 Juli 2020 – itu janji kami.\n",
    message_id="<abc@lapor.example.go.id>",
    language="id",
)


@pytest.fixture
def mailbox(settings):
    box = smtp.Mailbox()
    with smtp.server(box) as mailers:
        settings.MAILERS = mailers
        yield box


def send(letter=LETTER):
    SENDERS[Channel.EMAIL].send(letter)


def refusal(letter=LETTER):
    with pytest.raises(NotSentError) as caught:
        send(letter)
    return caught.value


def test_a_letter_arrives_as_plain_text_with_the_headers_of_a_machine(mailbox):
    send()
    (mail,) = mailbox.mails
    assert mailbox.recipients == ["siti@example.org"]
    assert mail["Subject"] == LETTER.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<abc@lapor.example.go.id>"
    assert mail["Content-Language"] == "id"
    assert mail.get_content_type() == "text/plain"
    assert "itu janji kami" in mail.get_content()


def test_a_letter_that_is_sent_again_is_recognised(mailbox):
    send()
    send()
    assert [mail["Message-ID"] for mail in mailbox.mails] == ["<abc@lapor.example.go.id>"] * 2


@pytest.mark.parametrize(
    ("at", "answer", "reason", "is_permanent"),
    [
        ("recipient", "450 4.2.1 busy", "address_450", False),
        ("recipient", "550 5.1.1 no such person", "address_550", True),
        ("data", "451 4.3.0 later", "letter_451", False),
        ("data", "554 5.7.1 spam", "letter_554", True),
    ],
)
def test_a_server_that_says_later_is_asked_again_and_one_that_says_no_is_not(mailbox, at, answer, reason, is_permanent):
    setattr(mailbox, f"at_{at}", answer)
    error = refusal()
    assert (error.reason, error.is_permanent) == (reason, is_permanent)
    assert mailbox.mails == []


def test_a_server_that_hangs_up_half_way_is_asked_again(mailbox):
    mailbox.hangs_up = True
    error = refusal()
    assert (error.reason, error.is_permanent) == ("server_away", False)


def test_a_server_that_is_not_there_is_asked_again(settings):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound but not listening: nobody else takes the port meanwhile
        settings.MAILERS = smtp.mailers(held.getsockname()[1])
        error = refusal()
    assert (error.reason, error.is_permanent) == ("server_away", False)


@pytest.mark.parametrize(
    "address", ["siti@example.org\r\nBcc: semua@example.org", "siti@example.org, budi@example.org", "@"]
)
def test_an_address_that_is_more_or_less_than_one_address_goes_nowhere(mailbox, address):
    error = refusal(replace(LETTER, address=address))
    assert (error.reason, error.is_permanent) == ("bad_address", True)
    assert mailbox.mails == []


def test_a_subject_with_a_line_break_becomes_no_header(mailbox):
    refusal(replace(LETTER, subject="Laporan\r\nBcc: semua@example.org"))
    assert mailbox.mails == []


def test_what_went_wrong_is_told_without_the_address(mailbox, caplog):
    mailbox.at_recipient = "550 5.1.1 siti@example.org is unknown"
    error = refusal()
    assert "siti" not in str(error) + caplog.text
    assert error.__cause__ is None
    assert error.__suppress_context__
