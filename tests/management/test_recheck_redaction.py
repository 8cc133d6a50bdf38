"""The list for officers names reports, places and kinds, and no word of anybody."""

from io import StringIO

import pytest
from django.core.management import call_command

from tanggap.domain.lifecycle import Action
from tests import make

pytestmark = pytest.mark.django_db


def test_what_was_published_unanswered_is_listed_without_its_words(monkeypatch):
    monkeypatch.setattr("tanggap.services.checks.is_answered", lambda *_: True)  # as an older finder let it pass
    report = make.submit(body=f"{make.BODY} Telepon 081234567890 untuk bertanya.")
    make.act(report, Action.VERIFY_AND_ASSIGN)
    said = StringIO()
    call_command("recheck_redaction", stdout=said)
    assert f"{report.number}  body of event 1: phone" in said.getvalue()
    assert "0812" not in said.getvalue()
    assert "1 published reports to look at" in said.getvalue()
