"""Every notice has its words, in both languages; every channel a sender; no letter can carry a word of the report."""

import re
from dataclasses import fields

import pytest
from django.urls import resolve

from tanggap.adapters.outbound import letters
from tanggap.adapters.outbound.code_words import CLOCK, CLOSING, OUTCOME, STATUTORY
from tanggap.adapters.outbound.senders import SENDERS
from tanggap.adapters.outbound.words import LETTERS
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.letters import Owed
from tanggap.domain.lifecycle import BESIDES, SUBMITTED, TRANSITIONS
from tanggap.domain.notices import NOTICES, Channel, Notice
from tanggap.domain.outcomes import Closing, Outcome
from tanggap.domain.reminders import PLANS


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (NOTICES, Notice),
        (LETTERS, Notice),
        (SENDERS, Channel),
        (OUTCOME, Outcome),
        (CLOSING, Closing),
        (CLOCK, Clock),
        (STATUTORY, {clock for clock, rule in CLOCKS.items() if rule.is_statutory}),
    ],
)
def test_every_code_has_its_row(table, codes):
    assert set(table) == set(codes)


def test_every_notice_has_a_subject_and_a_text():
    assert [notice for notice, words in LETTERS.items() if not str(words.subject) or not words.paragraphs] == []


def test_every_notice_is_told_by_an_action_a_clock_or_a_service():
    by_actions = {notice for row in (*TRANSITIONS, SUBMITTED) for notice in row.tells}
    by_actions |= {notice for notices in BESIDES.values() for notice in notices}
    by_clocks = {n for plan in PLANS.values() for n in (plan.nearing, *plan.at_breach) if n is not None}
    by_services = {Notice.CONFIRM_ADDRESS, Notice.DIGEST, Notice.HEAD_DIGEST, Notice.OVERDUE, Notice.MENTIONED}
    by_services |= {Notice.TOGETHER}
    assert set(Notice) - by_actions - by_clocks == by_services


KNOWN = {
    "number", "office", "agency", "due", "clock", "statutory", "site", "track", "report", "desk", "confirm",
    "closing", "outcome", "object_until", "owed", "overdue", "due_today", "escalated", "nudged", "asked", "assessed",
    "count", "others", "recommended", "recurring",
}  # fmt: skip


def test_a_letter_names_only_what_the_writer_knows():
    unknown = {}
    for notice, words in LETTERS.items():
        texts = [words.subject, *words.paragraphs]
        named = {name for text in texts for name in re.findall(r"%\((\w+)\)s", str(text))}
        if not named <= KNOWN:
            unknown[notice] = named - KNOWN
    assert unknown == {}


def test_what_a_letter_is_written_from_has_no_field_for_a_word_of_the_report():
    forbidden = {"title", "text", "body", "name", "reporter", "token", "location", "report"}
    assert not {field.name for field in fields(Owed)} & forbidden


def test_no_sentence_is_longer_than_twenty_words():
    texts = [str(text) for words in LETTERS.values() for text in words.paragraphs]
    sentences = [s for text in texts for s in re.split(r"(?<=[.?!:])\s|\n", text)]
    assert [s for s in sentences if len(s.split()) > 20] == []


@pytest.mark.parametrize(
    "path", [letters.TRACK, letters.DESK, f"{letters.DESK}/7KQ2-M9TD", f"{letters.CONFIRM}/abc:1:2"]
)
def test_every_link_in_a_letter_leads_to_a_page(path):
    assert resolve(path)
