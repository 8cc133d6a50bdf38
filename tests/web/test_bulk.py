"""One deed to many: what is refused is named one by one, what was begun goes on, what may be is taken back."""

import re

import pytest
import time_machine
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain import queues
from tanggap.domain.bulk import Kind
from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Appointment, BulkJob, BulkLine, Event, Report, ReportTag, Unit, User
from tanggap.selectors.queues import Filters
from tanggap.services import bulk_acts, clusters, exports, reports, tags
from tanggap.tasks.bulk import run
from tanggap.web.workbench.forms_bulk import CODES
from tests import make

pytestmark = pytest.mark.django_db

NOTE = "Mohon ditindaklanjuti bersama."


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sit(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def held(n: int) -> list[Report]:
    """Return reports that the agency keeps itself: they wait for a unit."""
    return [make.act(make.submit(), Action.MANAGE_SELF) for _ in range(n)]


def assigning(reports, **values):
    numbers = [report.number for report in reports]
    return {"massal": "teruskan", "nomor": numbers, "kirim": "1", "unit": make.unit().pk, "text": NOTE, **values}


def states(key: str) -> dict[str, tuple[str, str]]:
    rows = BulkLine.objects.filter(job__key=key).values_list("number", "state", "reason")
    return {number: (state, reason) for number, state, reason in rows}


def test_nineteen_of_twenty_that_are_done_and_one_that_is_not_are_read_as_that():
    good, new, stranger = held(2), make.report(), make.report(destination_id=make.agency("kab-lebak").pk)
    client = sit(make.agency_admin())
    preview = client.post("/meja/massal", {"massal": "teruskan", "nomor": [r.number for r in (*good, new, stranger)]})
    assert preview.status_code == 200
    page = preview.content.decode()
    assert "2 laporan dapat dikerjakan sekarang" in page
    assert page.count('class="refusedline"') == 1
    assert stranger.number not in page.partition("<h2>")[2]
    assert client.get("/meja/massal").url == "/meja"  # as after signing in again
    url = client.post("/meja/massal", assigning([*good, new, stranger])).url
    job = BulkJob.objects.get()
    assert "Berjalan: 0 dari 4" in client.get(url).content.decode()
    run(job_id=job.pk)
    run(job_id=job.pk)  # what is over is not done again
    assert states(job.key) == {
        good[0].number: ("done", ""),
        good[1].number: ("done", ""),
        new.number: ("refused", "wrong_status"),
        stranger.number: ("refused", "not_found"),
    }
    done = client.get(url).content.decode()
    assert "2 dari 4 laporan selesai dikerjakan." in done
    assert "Laporan tidak ditemukan." in done
    assert {Report.objects.get(pk=report.pk).owner_unit for report in good} == {make.unit()}


def test_a_supervisory_report_is_no_line_of_a_list_and_says_so_before_anything_is_done():
    plain, secret = held(1)[0], make.report(status=Status.ASSIGNED, is_confidential=True)
    grave = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, unit_id=make.unit().pk, supervisory=True)
    client = sit(make.agency_admin())
    reports = plain, secret, grave
    shown = assigning(reports) | {"kirim": ""}
    page = client.post("/meja/massal", {name: value for name, value in shown.items() if value}).text
    assert "2 laporan dapat dikerjakan sekarang" in page
    assert (page.count("Berkadar pengawasan: teruskan satu per satu"), page.count("Rahasia</span>")) == (1, 1)
    client.post("/meja/massal", assigning(reports))
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    assert states(job.key)[grave.number] == ("refused", "one_by_one")
    assert [state for state, _reason in states(job.key).values()].count("done") == 2


def test_what_a_worker_left_when_it_died_is_done_once_by_the_next():
    reports, admin = held(3), make.agency_admin()
    job = bulk_acts.start(
        actor=admin,
        kind=Kind.ASSIGN,
        numbers=[report.number for report in reports],
        asked={"unit": make.unit().pk, "text": NOTE},
        now=make.NOW,
    )
    first = job.lines.order_by("position").first()
    bulk_acts._do(first.pk, job, actor=admin, now=make.NOW)
    before = Report.objects.get(pk=reports[0].pk).event_count
    run(job_id=job.pk)
    assert Report.objects.get(pk=reports[0].pk).event_count == before
    assert {state for state, _reason in states(job.key).values()} == {"done"}


def test_a_long_job_lets_what_is_more_urgent_go_between_and_then_goes_on(monkeypatch):
    monkeypatch.setattr("tanggap.tasks.bulk.MOST_AT_ONCE", 1)
    numbers = [report.number for report in held(2)]
    asked = {"unit": make.unit().pk, "text": NOTE}
    job = bulk_acts.start(actor=make.agency_admin(), kind=Kind.ASSIGN, numbers=numbers, asked=asked, now=make.NOW)
    waiting = ProcrastinateJob.objects.filter(task_name=run.name, status="todo")
    assert (waiting.count(), waiting[0].priority) == (1, 5)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, waiting.count()) == ("running", 1, 2)
    assert states(job.key) == {numbers[0]: ("done", ""), numbers[1]: ("waiting", "")}
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 2)
    run(job_id=job.pk)  # the other that waits finds nothing to do
    assert {state for state, _reason in states(job.key).values()} == {"done"}


def test_an_assignment_is_taken_back_where_the_unit_has_not_taken_it_on():
    reports = held(2)
    client = sit(make.agency_admin())
    url = client.post("/meja/massal", assigning(reports)).url
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    make.act(reports[0], Action.ACCEPT_ASSIGNMENT, actor=make.liaison())
    back = client.post(f"{url}/batal").url
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert {number: state for number, (state, _reason) in states(job.key).items()} == {
        reports[0].number: "kept",
        reports[1].number: "undone",
    }
    told = client.get(url).content.decode()
    assert "2 dari 2 laporan selesai dikerjakan. 1 dari 2 dibatalkan." in told
    assert '<span class="refusedline">Unit sudah menerima laporan ini.' in told, "why one could not be taken back"
    assert Report.objects.get(pk=reports[1].pk).owner_unit is None
    assert "Membatalkan" in client.get(back).content.decode()
    assert client.post(f"{url}/batal").status_code == 404, "nothing is left to take back"


def test_what_was_assigned_together_goes_back_to_the_unit_that_each_had_it_from():
    roads, school, health, free, begun, later = (make.report(status=Status.ASSIGNED) for _ in range(6))
    admin, ani = make.agency_admin(), make.liaison()
    make.act(roads, Action.TAKE, actor=ani)
    make.act(roads, Action.FOLLOW_UP, actor=ani)
    for report, slug in ((school, "dindikbud"), (health, "dinkes")):
        make.act(report, Action.ASSIGN_TO_UNIT, actor=admin, unit_id=make.unit(slug).pk, text=NOTE)
    make.act(free, Action.TAKE_BACK, actor=admin)
    reports = (roads, school, health, free, begun, later)
    there, client = make.unit("dishub"), sit(admin)
    url = client.post("/meja/massal", assigning(reports, unit=there.pk)).url
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    assert {Report.objects.get(pk=report.pk).owner_unit for report in reports} == {there}
    make.act(begun, Action.ACCEPT_ASSIGNMENT, actor=make.liaison("dishub"))
    make.act(later, Action.ASSIGN_TO_UNIT, actor=admin, unit_id=there.pk, text=NOTE)  # the same again, by hand
    Unit.objects.filter(pk=make.unit("dinkes").pk).update(valid_to=make.NOW.date())
    back = client.post(f"{url}/batal").url
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert states(job.key) == {
        roads.number: ("undone", ""),
        school.number: ("undone", ""),
        health.number: ("kept", "unknown"),
        free.number: ("undone", ""),
        begun.number: ("kept", "taken_on"),
        later.number: ("kept", "moved_on"),
    }
    held_by = [Report.objects.get(pk=report.pk).owner_unit for report in reports]
    assert held_by == [make.unit(), make.unit("dindikbud"), there, None, there, there]
    assert Report.objects.get(pk=roads.pk).assignee_id == ani.user_id, "who worked on it works on it again"
    told = client.get(back).content.decode()
    for words in ("Unit itu sudah tidak ada.", "Unit sudah menerima laporan ini.", "sudah berubah sesudahnya"):
        assert words in told
    assert "laporan kembali ke unit sebelumnya" in client.get(f"/meja/{school.number}").content.decode()


def test_a_cluster_goes_back_to_its_unit_as_a_whole_or_stays_where_a_member_was_begun():
    admin, groups = make.agency_admin(), []
    for _ in range(2):
        lead, member = (make.report(status=Status.ASSIGNED) for _ in range(2))
        clusters.merge(actor=admin, lead=lead.number, members=[member.number], now=make.NOW)
        groups.append((lead, member))
    numbers, there = [lead.number for lead, _member in groups], make.unit("dishub")
    asked = {"unit": there.pk, "text": NOTE}
    job = bulk_acts.start(actor=admin, kind=Kind.ASSIGN, numbers=numbers, asked=asked, now=make.NOW)
    run(job_id=job.pk)
    make.act(groups[1][1], Action.ACCEPT_ASSIGNMENT, actor=make.liaison("dishub"))
    run(job_id=bulk_acts.undo(actor=admin, key=job.key, note=NOTE, now=make.NOW).pk)
    held_by = [[Report.objects.get(pk=one.pk).owner_unit for one in group] for group in groups]
    assert held_by == [[make.unit()] * 2, [there] * 2]
    assert [states(job.key)[number][0] for number in numbers] == ["undone", "kept"]


def test_tags_are_read_by_the_own_office_alone_and_come_off_again():
    report = make.report()
    admin = make.agency_admin()
    client = sit(admin)
    client.post("/meja/massal", {"massal": "tandai", "nomor": report.number, "kirim": "1", "word": " #Banjir  2020 "})
    job = BulkJob.objects.latest("pk")
    run(job_id=job.pk)
    assert list(ReportTag.objects.values_list("word", "agency__slug")) == [("banjir 2020", "pemprov-banten")]
    client.post(f"/meja/massal/{job.key}/batal")
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert not ReportTag.objects.exists()


def test_reports_are_merged_under_the_oldest_one_line_by_line_and_taken_apart_again():
    admin = make.agency_admin()
    lead, member = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED, now=make.NOW - make.DAY)
    lead, member = sorted((lead, member), key=lambda report: (report.received_at, report.pk))
    new, secret = make.report(), make.report(status=Status.ASSIGNED, is_confidential=True)
    theirs = make.submit(destination_id=make.agency("kab-lebak").pk)
    stranger = make.act(theirs, Action.MANAGE_SELF, actor=make.agency_admin("kab-lebak"))
    numbers = [report.number for report in (member, lead, new, secret, stranger)]
    client = sit(admin)
    alone = client.post("/meja/massal", {"massal": "gabungkan", "nomor": new.number}).content.decode()
    assert "0 laporan dapat dikerjakan sekarang" in alone, "what nobody has verified leads nothing"
    assert 'name="kirim"' not in alone
    page = client.post("/meja/massal", {"massal": "gabungkan", "nomor": numbers}).content.decode()
    options = re.findall(r'<option value="([^"]+)"', page.partition('name="lead"')[2])
    assert (options[0], stranger.number in options, new.number in options) == (lead.number, False, False)
    assert stranger.number not in page.partition("<h2>")[2]
    assert page.count('class="refusedline"') == 2, "what nobody verified, and what is secret"
    asked = {"massal": "gabungkan", "nomor": numbers, "lead": lead.number, "is_checked": "on"}
    assert client.post("/meja/massal", asked).content.decode().count('class="refusedline"') == 1
    assert not BulkJob.objects.exists()
    assert client.post("/meja/massal", {**asked, "lead": stranger.number, "kirim": "1"}).status_code == 422
    assert client.post("/meja/massal", {**asked, "nomor": lead.number, "kirim": "1"}).status_code == 422
    url = client.post("/meja/massal", {**asked, "kirim": "1"}).url
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    assert states(job.key) == {
        member.number: ("done", ""),
        new.number: ("done", ""),
        secret.number: ("refused", "secrecy_apart"),
        stranger.number: ("refused", "not_found"),
    }
    led = Report.objects.filter(cluster_lead=lead)
    assert set(led) == {member, new}
    client.post(f"{url}/batal")
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert not led.all().exists()
    assert {state for state, _reason in states(job.key).values()} == {"undone", "refused"}


def test_a_tag_is_shown_and_narrows_lists_for_the_own_agency_alone():
    marked, other = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    secret = make.report(status=Status.ASSIGNED, is_confidential=True)
    admin, liaison, stranger, national = (
        make.agency_admin(),
        make.liaison(),
        make.liaison("dindikbud"),
        make.national_admin(),
    )
    at = f"/meja/{marked.number}"
    client = sit(liaison)
    refused = client.post(f"{at}/tanda", {"tanda-word": "x"})
    assert (refused.status_code, 'value="x"' in refused.content.decode()) == (422, True)
    assert client.post(f"{at}/tanda", {"tanda-word": " #Banjir  2020"}).status_code == 302
    tags.hang(actor=admin, number=secret.number, word="banjir 2020", now=make.NOW)
    for one in (client, sit(admin)):
        assert "#banjir 2020" in one.get(at).content.decode()
        page = one.get("/meja?tanda=Banjir+2020").content.decode()
        assert page.count('<span class="tag">#banjir 2020</span>') == 2
        assert (marked.number in page, other.number in page) == (True, False)
    said = Filters(queue=queues.OWN, tag="banjir 2020")
    for who, count in ((admin, 2), (liaison, 2), (stranger, 0), (national, 0)):
        assert exports.count(viewer=who, filters=said, most=9) == count
    assert sit(stranger).post(f"{at}/tanda", {"tanda-word": "banjir"}).status_code == 404
    theirs = sit(national)
    assert "banjir 2020" not in theirs.get(at).content.decode()
    assert "banjir 2020" not in theirs.get("/meja?antrean=semua").content.decode()
    assert "banjir 2020" not in Client().get(f"/laporan/{marked.number}").content.decode()
    assert client.post(f"{at}/tanda", {"lepas": "banjir 2020"}).status_code == 302
    assert "#banjir 2020" not in client.get(at).content.decode()


def test_what_is_missing_is_said_and_the_choice_is_kept():
    reports = held(2)
    answer = sit(make.agency_admin()).post("/meja/massal", assigning(reports, unit="", text=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Pilih tujuannya." in page
    assert "Tulis catatan." in page
    assert set(re.findall(r'name="nomor" value="([^"]+)"', page)[0].split()) == {report.number for report in reports}
    assert not BulkJob.objects.exists()


def test_a_thousand_reports_fit_into_one_form():
    report = make.report()
    numbers = " ".join([report.number, *(f"{n:04d}-{n:04d}" for n in range(999))])
    answer = sit(make.agency_admin()).post("/meja/massal", assigning([], nomor=numbers, unit=""))
    assert answer.status_code == 422, "read, and only the destination is missing"
    assert report.number in answer.content.decode()


def test_what_fails_for_one_report_stops_no_other_and_can_be_taken_back(monkeypatch):
    first, second = held(2)
    admin = make.agency_admin()
    job = bulk_acts.start(
        actor=admin,
        kind=Kind.ASSIGN,
        numbers=[first.number, second.number],
        asked={"unit": make.unit().pk, "text": NOTE},
        now=make.NOW,
    )
    done = reports.act

    def act(**values):
        if values["number"] == first.number:
            raise RuntimeError("unforeseen")
        return done(**values)

    monkeypatch.setattr(bulk_acts.reports, "act", act)
    run(job_id=job.pk)
    assert states(job.key) == {first.number: ("refused", "failed"), second.number: ("done", "")}
    assert bulk_acts.may_undo(BulkJob.objects.get(pk=job.pk))


def test_nothing_chosen_is_said_and_all_of_a_list_means_that_list_alone():
    mine = held(2)
    make.report(destination_id=make.agency("kab-lebak").pk)
    client = sit(make.agency_admin())
    assert "Pilih laporan dulu" in client.post("/meja/massal", {"massal": "tandai"}).content.decode()
    page = client.post("/meja/massal", {"massal": "tandai", "semua": "1"}).content.decode()
    assert set(re.findall(r'name="nomor" value="([^"]+)"', page)[0].split()) == {report.number for report in mine}


def test_a_deed_that_an_office_does_not_do_and_a_job_of_another_do_not_exist():
    report = make.report()
    admin = make.agency_admin()
    client = sit(admin)
    assert client.post("/meja/massal", {"massal": "tegur", "nomor": report.number}).status_code == 404
    assert client.post("/meja/massal", {"massal": "hapus", "nomor": report.number}).status_code == 404
    url = client.post("/meja/massal", {"massal": "tandai", "nomor": report.number, "kirim": "1", "word": "uji"}).url
    for stranger in (make.agency_admin(), make.national_admin(), make.liaison()):
        assert sit(stranger).get(url).status_code == 404
        assert sit(stranger).post(f"{url}/batal").status_code == 404


def test_many_reports_go_to_a_colleague_and_those_of_another_unit_are_named():
    mine, other = make.report(status=Status.ASSIGNED), make.report(status=Status.ASSIGNED)
    there = make.act(make.submit(), Action.VERIFY_AND_ASSIGN, unit_id=make.unit("dindikbud").pk)
    ani, budi = make.liaison(), make.liaison()
    stranger = make.liaison("dindikbud")
    chosen = {"massal": "serahkan", "nomor": [one.number for one in (mine, other, there)]}
    client = sit(make.agency_admin())
    page = client.post("/meja/massal", chosen).content.decode()
    assert "3 laporan dapat dikerjakan sekarang" in page
    assert f'value="{stranger.user_id}"' in page
    assert client.post("/meja/massal", {**chosen, "kirim": "1"}).status_code == 422
    url = client.post("/meja/massal", {**chosen, "kirim": "1", "assignee": budi.user_id}).url
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    told = client.get(url).content.decode()
    assert "2 dari 3 laporan selesai dikerjakan." in told
    assert "Rekan ini tidak bertugas di unit yang memegang laporan." in told
    assert "Laporan kembali ke petugas sebelumnya." in told
    assert [Report.objects.get(pk=one.pk).assignee_id for one in (mine, other, there)] == [budi.user_id] * 2 + [None]
    in_unit = sit(ani).post("/meja/massal", {**chosen, "nomor": mine.number}).content.decode()
    assert f'value="{budi.user_id}"' in in_unit
    assert f'value="{stranger.user_id}"' not in in_unit


def test_what_was_given_to_a_colleague_goes_back_to_whoever_had_it_where_nothing_came_after():
    had, free, gone, moved = (make.report(status=Status.ASSIGNED) for _ in range(4))
    ani, budi, leaver, admin = make.liaison(), make.liaison(), make.liaison(), make.agency_admin()
    for report, who in ((had, ani), (gone, leaver)):
        make.act(report, Action.TAKE, actor=who)
    numbers = [one.number for one in (had, free, gone, moved)]
    client = sit(admin)
    url = client.post(
        "/meja/massal", {"massal": "serahkan", "nomor": numbers, "kirim": "1", "assignee": budi.user_id}
    ).url
    job = BulkJob.objects.get()
    run(job_id=job.pk)
    make.act(moved, Action.RELEASE, actor=budi)
    make.act(moved, Action.ENTRUST, actor=admin, assignee_id=budi.user_id)  # by the same hand to the same colleague
    Appointment.objects.filter(user_id=leaver.user_id).update(valid_to=make.NOW.date() - make.DAY)
    back = client.post(f"{url}/batal").url
    run(job_id=BulkJob.objects.latest("pk").pk)
    assert {number: state for number, (state, _reason) in states(job.key).items()} == {
        had.number: "undone",
        free.number: "undone",
        gone.number: "kept",
        moved.number: "kept",
    }
    held_by = [Report.objects.get(pk=one.pk).assignee_id for one in (had, free, gone, moved)]
    assert held_by == [ani.user_id, None, budi.user_id, budi.user_id]
    kinds = [Event.objects.filter(report=one).latest("seq").kind for one in (had, free)]
    assert kinds == [Action.ENTRUST, Action.RELEASE]
    told = client.get(back).content.decode()
    assert "Laporan ini sudah berubah sesudahnya." in told
    assert "Rekan ini tidak bertugas di unit yang memegang laporan." in told


def test_the_lead_of_a_cluster_goes_back_with_its_members_but_not_over_what_became_of_one():
    ani, budi, admin = make.liaison(), make.liaison(), make.agency_admin()
    leads, members = [], []
    for _ in range(2):
        lead, member = (make.report(status=Status.ASSIGNED) for _ in range(2))
        clusters.merge(actor=admin, lead=lead.number, members=[member.number], now=make.NOW)
        leads.append(lead)
        members.append(member)
    numbers = [one.number for one in leads]
    asked = {"assignee": budi.user_id}
    job = bulk_acts.start(actor=admin, kind=Kind.ENTRUST, numbers=numbers, asked=asked, now=make.NOW)
    run(job_id=job.pk)
    make.act(members[1], Action.TAKE, actor=ani)
    run(job_id=bulk_acts.undo(actor=admin, key=job.key, now=make.NOW).pk)
    held_by = [Report.objects.get(pk=one.pk).assignee_id for one in (leads[0], members[0], leads[1], members[1])]
    assert held_by == [None, None, budi.user_id, ani.user_id]
    assert [states(job.key)[number][0] for number in numbers] == ["undone", "kept"]


def test_a_list_offers_only_the_deeds_that_a_report_in_it_can_take():
    national = make.national_admin()
    closed = make.report(status=Status.CLOSED)
    make.act(closed, Action.ASK_REOPEN, actor=make.overseer(), text="Jalannya rusak lagi.")
    make.report()
    client = sit(national)
    wanted = {"antrean=diminta-buka": ["tandai", "lepas-tanda"], "antrean=semua": [*CODES][1:]}
    for where, deeds in wanted.items():
        page = client.get(f"/meja?{where}").content.decode()
        offered = page.partition('name="massal"')[2].partition("</select>")[0]
        assert re.findall(r'value="([^"]+)"', offered) == deeds, where
