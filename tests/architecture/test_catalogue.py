"""The interface speaks English as completely as Indonesian (ADR 0013)."""

import re

import pytest
from django.test import Client
from django.utils import translation

from tanggap.cli import catalogue
from tanggap.domain.lifecycle import Action
from tanggap.templatetags.tanggap import due_words, named
from tanggap.web import wording

PAGES = {
    "/": ("Report a problem", "Track a report", "Search reports", "Verification", "working days"),
    "/lapor": ("Complaint", "Suggestion", "Information request", "Anonymous", "Confidential", "Send report"),
    "/lacak": ("Report number", "Tracking code", "View"),
    "/laporan": ("Search", "Status", "Agency", "Category", "Area", "Late"),
    "/instansi": ("Agencies", "Search"),
    "/hitung-tenggat": ("Calculate a due date", "Start date"),
    "/masuk": ("User name", "Password", "Sign in"),
    "/tentang": ("What each status means", "working days"),
    "/privasi": ("Your rights", "Legal basis"),
    "/aksesibilitas": ("What you can expect",),
}
# Words that no English sentence and no name of an office has.
INDONESIAN = re.compile(r"\b(Anda|yang|tidak|belum|sudah|laporan|pelapor|paling lambat|hari kerja|pilih|surel)\b", re.I)


def test_every_message_has_its_english():
    assert list(catalogue.problems()) == []


def test_the_markup_of_a_message_survives_translation():
    tags = re.compile(r"</?\w+[^>]*>")
    for message in catalogue.read():
        if message.id:
            assert tags.findall(str(message.id)) == tags.findall(str(message.string)), message.id


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_english_for_who_chose_english(path):
    client = Client()
    client.cookies["bahasa"] = "en"
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="en">' in page
    for words in PAGES[path]:
        assert words in page, f"{path} does not say {words!r}"
    seen = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*\blang=\"?id\b[^>]*>[^<]*|<[^>]*>", " ", page, flags=re.S)
    assert INDONESIAN.findall(seen) == []


def test_days_are_said_in_the_singular_and_in_the_plural():
    with translation.override("en"):
        assert due_words(1) == "1 working day left"
        assert due_words(3) == "3 working days left"
        assert due_words(-1) == "1 working day late"
        assert due_words(-2, short=True) == "2 wd late"
        assert due_words(5, calendar=True) == "5 days left"


def test_a_button_says_what_to_do_and_a_status_what_is():
    with translation.override("en"):
        assert str(wording.ACTION[Action.VERIFY_AND_ASSIGN]) == "Verify"
        assert str(wording.ACTION[Action.CONFIRM_DONE]) == "Solved"
        assert str(wording.STATUS["closed"]) == "Closed"
    with translation.override("id"):
        assert str(wording.ACTION[Action.CONFIRM_DONE]) == str(wording.STATUS["closed"]) == "Selesai"


class _Thing:
    name = "Kesehatan"
    name_en = "Health"


def test_a_category_is_named_in_the_readers_language():
    with translation.override("en"):
        assert named(_Thing()) == "Health"
        assert named(type("Thing", (), {"name": "Jalan", "name_en": ""})()) == "Jalan"
    with translation.override("id"):
        assert named(_Thing()) == "Kesehatan"
