"""What the lists draw without a template is what the components draw."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tanggap.domain.actors import AgencyAdmin, LiaisonOfficer, NationalAdmin
from tanggap.domain.bulk import Kind
from tanggap.domain.calendar import weekends_only
from tanggap.domain.lifecycle import Status
from tanggap.selectors.names import Named, Names, Office, _Memory
from tanggap.selectors.queues import Row
from tanggap.services.bulk_acts import Judged
from tanggap.web import badges, wording
from tanggap.web.workbench import lines, together, views_bulk

DAY = date(2026, 7, 21)
NOW = datetime(2026, 7, 20, 3, 0, tzinfo=UTC)
ROW = Row(
    pk=1,
    number="7KQ2-M9TD",
    title="Jalan <b>rusak</b> di depan rumah Pak Budi",
    status=Status.ASSIGNED.value,
    urgency="",
    urgency_rank=1,
    due_at=datetime(2026, 7, 22, 16, 59, 59, tzinfo=UTC),
    owner_agency_id=1,
    owner_unit_id=5,
    category_id="agama",
    area_id="36.01.01.2001",
    supervisory=None,
    is_anonymous=False,
    is_confidential=False,
    last_acted_at=NOW,
    assignee_id=None,
)
MEMORY = _Memory(
    agencies={1: Office("Pemerintah Provinsi Banten", "p", "Pemprov", "Asia/Jakarta")},
    units={5: Office("Dinas Pekerjaan Umum", "dpupr", "DPUPR")},
    categories={"agama": Named("Agama", "Religion")},
    lists={("limits not in working days", ""): frozenset({(None, "data_request")})},
)
PLACES = {"36.01.01.2001": "Sumur", "36.01": "Kabupaten Pandeglang"}


def desk(viewer=AgencyAdmin(7, 1)):  # noqa: B008 - frozen
    return lines.Desk(viewer, Names(1, 1, MEMORY), PLACES, weekends_only(), "id", NOW)


def tight(html):
    return re.sub(r">\s+<", "><", re.sub(r"{#.*?#}", "", html)).strip()


@pytest.mark.parametrize("left", [-3, 0, 1, 4])
@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_due_day_looks_as_the_component(left, every, language):
    with override(language):
        shown = {"left": left, "calendar": every}
        short = render_to_string("components/due_badge.html", {**shown, "day": DAY, "short": True})
        assert tight(badges.due_on(left, every, DAY, language)) == tight(short)
        assert tight(badges.due(left, every, language)) == tight(render_to_string("components/due_badge.html", shown))


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(("secret", "anonymous"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_marks_look_as_the_component(status, secret, anonymous):
    row = ROW._replace(status=status.value, is_confidential=secret, is_anonymous=anonymous)
    label = wording.FAMILY["assigned"] if status == Status.ASSIGNED else wording.STATUS[status]
    context = {"code": status.value, "label": label, "secret": secret, "anonymous": anonymous}
    assert tight(lines._marks(row, desk())) == tight(render_to_string("components/status_badge.html", context))


def test_a_line_says_who_where_what_and_until_when():
    drawn = lines.draw(ROW, desk())
    for words in (
        "7KQ2-M9TD",
        "DPUPR",
        "Sumur, Kabupaten Pandeglang",
        "Agama",
        "22 Jul 2026",
        'href="/meja/7KQ2-M9TD"',
    ):
        assert words in drawn
    assert "&lt;b&gt;rusak" in drawn
    assert "<b>" not in drawn


def test_a_line_leaves_out_what_is_empty_and_what_the_viewer_knows():
    row = ROW._replace(due_at=None, category_id=None, area_id=None)
    drawn = lines.draw(row, desk(LiaisonOfficer(8, 1, 5)))
    assert '<span class="due"></span>' in drawn
    assert "DPUPR" not in drawn
    assert drawn.count("<svg") == 1
    bare = lines.draw(row._replace(owner_unit_id=None), desk())
    assert "Pemprov" not in bare
    assert "Pemprov" in lines.draw(row._replace(owner_unit_id=None), desk(AgencyAdmin(7, 2)))


def test_what_is_urgent_and_what_is_supervisory_is_said():
    drawn = lines.draw(ROW._replace(urgency="child", supervisory=True), desk())
    assert 'class="urgent"' in drawn
    assert "Berkadar pengawasan" in drawn


@pytest.mark.parametrize(
    ("viewer", "status", "reads"),
    [
        (AgencyAdmin(7, 1), Status.UNVERIFIED, True),
        (NationalAdmin(9, 3), Status.UNVERIFIED, True),
        (AgencyAdmin(7, 2), Status.UNVERIFIED, False),
        (AgencyAdmin(7, 1), Status.ASSIGNED, False),
        (NationalAdmin(9, 3), Status.ASSIGNED, False),
        (LiaisonOfficer(8, 1, 5), Status.UNVERIFIED, False),
        (LiaisonOfficer(8, 1, 5), Status.ASSIGNED, False),
    ],
)
def test_who_is_hidden_is_hidden_from_all_but_the_admin_who_must_verify(viewer, status, reads):
    row = ROW._replace(is_anonymous=True, status=status.value)
    assert ("Budi" in lines.draw(row, desk(viewer))) is reads
    beside = SimpleNamespace(
        **row._asdict(),
        area=None,
        owner_agency=SimpleNamespace(timezone="Asia/Jakarta"),
        owner_unit=None,
        received_at=NOW,
    )
    assert ("Budi" in together._row(SimpleNamespace(viewer=viewer), beside, frozenset()).title) is reads
    judged = Judged(row.number, row.title, "", True, False, row.status, 1, "")
    assert ("Budi" in views_bulk._line(judged, viewer, Kind.TAG)["title"]) is reads
