"""What an officer marked in the title of a hidden reporter is nowhere on the desk of who does not read it whole."""

from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from tanggap.domain.hiding import HidingGround
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.notes import Audience
from tanggap.domain.templates import Kind, Variable
from tanggap.models import DeskSearch, Report, User
from tanggap.selectors import reports
from tanggap.services import audit, finding, notes, templates
from tanggap.web.workbench import templates as filling
from tests import make

pytestmark = pytest.mark.django_db

# No finder sees a name that is written small; the second is hidden after publication.
TITLE = "Lapak sumarna dan lapak bambang di trotoar"


def _marks(word):
    at = TITLE.index(word)
    return {"title": ((at, at + len(word), "name_after_honorific"),), "body": (), "location": ()}


def _report(**values) -> Report:
    report = make.submit(title=TITLE, **values)
    return make.act(report, Action.VERIFY_AND_ASSIGN, title=TITLE, masked=_marks("sumarna"))


def _sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@time_machine.travel(make.NOW, tick=False)
def test_it_is_in_no_list_page_search_export_or_template():
    report, liaison, admin = _report(is_anonymous=True), make.liaison(), make.agency_admin()
    content = templates.Content(Kind.ANSWER, "Jalan", "Tentang {{judul}}.", make.NOW.date())
    templates.save(actor=admin, content=content, now=make.NOW)
    finding.index()
    client = _sit(liaison)
    text = f"@{User.objects.get(pk=liaison.user_id).username} mohon dicek."
    notes.write(actor=admin, number=report.number, text=text, audience=Audience.AGENCY, now=make.NOW)
    addresses = ("/meja/disebut", "/meja?antrean=unit", f"/meja/{report.number}", "/meja/cari?q=lapak")
    pages = {address: client.get(address).content.decode() for address in addresses}
    assert report.number not in client.get("/meja/cari?q=sumarna").content.decode()
    pages["export"] = b"".join(
        _sit(admin).post("/meja/ekspor?antrean=unit", {"kolom": "sp4n", "bentuk": "csv"}).streaming_content
    ).decode()
    pages["bulk"] = _sit(admin).post("/meja/massal", {"massal": "tandai", "nomor": report.number}).content.decode()
    for address, page in pages.items():
        assert "[nama disamarkan] dan lapak" in page, address
        assert "sumarna" not in page, address
    for actor in (liaison, admin):
        assert "sumarna" not in _filled(report, actor)


def _filled(report, actor) -> str:
    """Return what {{judul}} stands for."""
    row = Report.objects.get(pk=report.pk)
    dossier = SimpleNamespace(report=row, case=reports.case_of(row, now=make.NOW))
    return filling.values(SimpleNamespace(viewer=actor, dossier=dossier))[Variable.TITLE]


def test_a_title_with_marks_is_never_filled_in_whole():
    report = _report()
    assert "sumarna" not in _filled(report, make.agency_admin())


def test_the_row_follows_from_the_events_and_what_is_hidden_later_goes_too():
    report, plain = _report(is_confidential=True), make.submit()
    opened = _report()
    assert Report.objects.get(pk=report.pk).desk_title == "Lapak [nama disamarkan] dan lapak bambang di trotoar"
    assert Report.objects.get(pk=plain.pk).desk_title == ""
    make.act(opened, Action.REDACT, actor=make.agency_admin(), hiding_ground=HidingGround.THIRD_PARTY,
             hidden_words=("bambang",))  # fmt: skip
    cut = "Lapak [nama disamarkan] dan lapak [disamarkan] di trotoar"
    assert Report.objects.get(pk=opened.pk).desk_title == cut
    audit.audit(now=make.NOW)
    Report.objects.filter(pk=report.pk).update(desk_title=TITLE)
    with pytest.raises(audit.AuditError, match="desk_title"):
        audit.audit(now=make.NOW)


def test_the_migration_cuts_what_was_marked_before_it():
    report, plain = _report(is_anonymous=True), make.report()
    finding.index()
    made = Report.objects.get(pk=report.pk).desk_title
    Report.objects.update(desk_title="")
    import_module("tanggap.migrations.0039_desk_title").cut(apps, None)
    assert Report.objects.get(pk=report.pk).desk_title == made != ""
    assert Report.objects.get(pk=plain.pk).desk_title == ""
    assert list(DeskSearch.objects.filter(words=None).values_list("report_id", flat=True)) == [report.pk]


def test_a_part_is_called_without_what_was_hidden_before_the_report_was_divided():
    report, admin = make.report(title=TITLE, status=Status.ASSIGNED), make.agency_admin()
    make.act(report, Action.REDACT, actor=admin, hiding_ground=HidingGround.THIRD_PARTY, hidden_words=("pasar",))
    make.act(report, Action.RETURN_TO_ADMIN)
    make.act(report, Action.SPLIT)
    parts = Report.objects.filter(part_of=report.number).order_by("pk")
    assert [part.desk_title for part in parts] == [
        "Jalan rusak di depan [disamarkan]",
        "Sampah di selokan [disamarkan]",
    ]
    audit.audit(now=make.NOW)
