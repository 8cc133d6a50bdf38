"""The demonstration: the same seed plays the same lives, nobody is told, and the record is in order."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count as DbCount
from procrastinate.contrib.django.models import ProcrastinateJob

from tanggap.domain import templates
from tanggap.domain.actors import System
from tanggap.domain.intake import BODY_LENGTH, TITLE_LENGTH
from tanggap.domain.lifecycle import OPEN, Status
from tanggap.domain.outcomes import Outcome
from tanggap.management import demo_accounts
from tanggap.management.demo import arrangements, corpus, decisions, endings, letters, parts, pictures, profile, stories
from tanggap.management.demo import corpus_phrases as phrases
from tanggap.management.demo.clockwork import Clockwork
from tanggap.management.demo.corpus_topics import TOPICS
from tanggap.management.demo.offices import PROVINCE, Offices
from tanggap.management.demo.pictures import Album
from tanggap.management.demo.places import Places
from tanggap.management.demo.scenes import Scene
from tanggap.management.demo.steps import Stage, Walk
from tanggap.models import (
    Agency,
    Category,
    Checkpoint,
    Event,
    EventText,
    FrozenPeriod,
    ImportLine,
    LogEntry,
    Mention,
    Message,
    Publication,
    Recap,
    Report,
    ReportTag,
    Unit,
)
from tanggap.selectors import administration, calendars, duty, indicators, maps, record, saved_views
from tanggap.selectors import templates as template_selectors
from tanggap.services import audit, counters
from tanggap.services import indicators as indicators_services
from tests import make

UNTIL = date(2026, 7, 1)
END = datetime(2026, 6, 30, 17, tzinfo=UTC)
COUNT, FEW = 18, 4


def _play(**options: object) -> None:
    call_command(
        "demo_data", **{"processes": 1, "reports": COUNT, "seed": 5, "until": UNTIL, "verbosity": 0, **options}
    )


def _lives() -> dict[str, object]:
    """Return all that the seed decides: rows, events with their moments, words."""
    rows = Report.objects.order_by("number").values_list(
        "number", "title", "status", "received_at", "area_id", "category_id", "channel", "outcome", "rating", "due_at"
    )
    events = Event.objects.order_by("report__number", "seq").values_list("report__number", "seq", "kind", "acted_at")
    texts = EventText.objects.order_by("event__report__number", "event__seq", "field")
    return {"rows": list(rows), "events": list(events), "texts": list(texts.values_list("field", "text"))}


@pytest.fixture(scope="module")
def lives(django_db_setup, django_db_blocker, tmp_path_factory):
    """Play once for the whole module; it is taken back in the end."""
    folder, attachments = settings.DATA_DIR, settings.ATTACHMENTS_DIR
    settings.DATA_DIR = tmp_path_factory.mktemp("demo")
    settings.ATTACHMENTS_DIR = settings.DATA_DIR / "attachments"
    settings.ATTACHMENTS_DIR.mkdir()
    with django_db_blocker.unblock(), transaction.atomic():
        _play()
        yield _lives()
        transaction.set_rollback(True)
    settings.DATA_DIR, settings.ATTACHMENTS_DIR = folder, attachments


def _taken_back(**options: object) -> dict[str, object]:
    """Play beside what is there already, and take it back."""
    with transaction.atomic():
        _play(**options)
        found = _lives()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_numbers_texts_moments_and_ends(lives):
    first, second = (_taken_back(seed=6, reports=FEW) for _ in range(2))
    assert len(first["rows"]) == COUNT + FEW
    assert first == second


def test_another_seed_gives_other_reports(lives):
    numbers = {row[0] for row in lives["rows"]}
    others = {plan.number for plan in stories.plans(count=COUNT, seed=7, end=END, places=Places())}
    assert len(others - numbers) == COUNT


def test_a_second_run_finds_everything_there(lives):
    before = Event.objects.count()
    _play()
    assert Event.objects.count() == before


def test_the_record_passes_the_audit_and_the_counters_count_right(lives):
    counters.fold()
    assert audit.audit(now=make.NOW + timedelta(days=5000)).reports == COUNT


def test_nothing_lies_in_the_future_and_each_life_goes_forward(lives):
    last: dict[int, datetime] = {}
    for report_id, acted_at in Event.objects.order_by("report_id", "seq").values_list("report_id", "acted_at"):
        assert acted_at <= END
        assert acted_at >= last.get(report_id, acted_at)
        last[report_id] = acted_at
    assert min(last.values()) > END - timedelta(days=735)


def test_offices_act_in_working_hours(lives):
    hours = Event.objects.filter(user__isnull=False).values_list("acted_at", flat=True)
    local = [moment.astimezone(profile.ZONE) for moment in hours]
    assert all(8 <= moment.hour < 16 and moment.weekday() < 5 for moment in local)


def test_nobody_is_told_of_what_is_only_played(lives):
    assert set(Message.objects.values_list("state", flat=True)) == {"skipped"}
    assert not ProcrastinateJob.objects.filter(task_name="messages.deliver").exists()


def test_no_secret_report_is_published_and_no_number_of_a_person_is_public(lives):
    assert not Publication.objects.filter(report__is_confidential=True).exists()
    columns = "title", "body", "answers", "location", "timeline"
    for values in Publication.objects.values_list(*columns):
        assert not re.search(r"(?<![0-9a-f])\d{16}(?![0-9a-f])|0812-0000|@demo\.example", json.dumps(values))
    assert EventText.objects.filter(text__contains="0812-0000").exists()


def test_there_is_open_work_and_some_of_it_is_late(lives):
    reports = Report.objects.all()
    assert reports.filter(status__in=OPEN, is_overdue=True).exists()
    found = set(reports.values_list("status", flat=True))
    assert {Status.UNVERIFIED.value, Status.ASSIGNED.value, Status.CLOSED.value} <= found


def test_answers_that_claim_field_work_show_it(lives):
    for event in Event.objects.filter(kind="answer", data__outcome=Outcome.FIXED.value):
        assert event.attachments.filter(is_publishable=True).exists()


def test_the_folder_says_that_it_is_a_complete_demonstration(lives):
    said = json.loads((settings.DATA_DIR / "demo.json").read_text(encoding="utf-8"))
    assert said["state"] == "complete"
    assert said["until"] == UNTIL.isoformat()


def test_the_map_and_the_figures_are_counted_when_it_is_complete(lives):
    assert maps.counted_at() is not None
    assert indicators.computed_at() is not None


def test_what_jobs_bring_later_is_there_when_it_is_complete(lives):
    """Periods that are over are closed, the record is signed to its last event, and the packages are asked for."""
    closed = {row.period: row for row in FrozenPeriod.objects.all()}
    assert {"2026-06", "2025-12", "2025"} <= closed.keys()
    assert closed["2025"].figures.filter(kind="nation").exists()
    _play()  # a second run makes nothing twice
    assert FrozenPeriod.objects.count() == len(closed)
    signed = record.latest()
    assert Checkpoint.objects.count() == 1
    assert signed.statement.size >= LogEntry.objects.filter(event_id__isnull=False).count() == Event.objects.count()
    assert ProcrastinateJob.objects.filter(task_name="open_data.publish").count() == 1


@pytest.mark.django_db
def test_what_an_office_can_do_besides_the_main_road_is_played_too(settings, tmp_path):
    """One of each scene, with what lies beside the record, and the letters of a sheet."""
    settings.IMPORTS_DIR = tmp_path / "imports"
    decisions.add_ppid(now=END - timedelta(days=800))
    demo_accounts.ensure(tmp_path, now=END - timedelta(days=800))
    calendar = calendars.working_calendar(None, calendars.current_version())
    stage = Stage(
        Clockwork(calendar, END), Offices(begin=END - timedelta(days=800), on=UNTIL), Album(tmp_path, least_free=0)
    )
    decisions.decide(stage.offices, now=END - timedelta(days=800))
    plans = stories.plans(count=11 * len(Scene), seed=7, end=END, places=Places())
    one_of_each = {plan.scene: plan for plan in plans if plan.scene}
    tally = parts.play(one_of_each.values(), stage, started=END, tell=lambda: None)
    assert [name for name in tally.more if name.startswith("refused")] == []
    assert {scene for scene in Scene if not tally.more[scene]} == set()
    assert letters.bring_in(stage, settings.IMPORTS_DIR, seed=5, started=END) == 6
    assert letters.bring_in(stage, settings.IMPORTS_DIR, seed=5, started=END) == 0
    for _ in range(2):  # what is arranged is there, and not again
        arrangements.arrange(stage)
        assert_arranged(stage.offices)
    assert_ended(stage.offices)

    reports = Report.objects.all()
    assert set(reports.exclude(memo_state="").values_list("memo_state", flat=True)) == {
        "submitted", "checked", "returned", "signed",
    }  # fmt: skip
    done = set(Event.objects.values_list("kind", flat=True))
    wanted = {
        "sign_memo", "hold_answer", "hand_to_ppid", "extend_formal", "object_formal", "request_extension",
        "grant_extension", "refuse_extension", "add_support", "contribute", "split", "merge", "take_in",
        "message_reporter", "message_office", "escalate_ombudsman", "propose", "refuse_proposal", "redact", "archive",
    }  # fmt: skip
    assert wanted - done == set()
    assert reports.exclude(part_of="").count() == 2
    assert reports.filter(cluster_lead__isnull=False).count() >= 2
    assert dict(ImportLine.objects.values_list("state").annotate(n=DbCount("pk"))) == {"done": 6, "bad": 2}
    assert Mention.objects.exists()
    assert ReportTag.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"skipped"}
    assert audit.audit(now=make.NOW + timedelta(days=5000)).reports == reports.count()


def assert_arranged(offices):
    """Each office finds its own texts, lists, decrees and colleagues on leave, and no more of another's."""
    admin, roads = offices.admin(PROVINCE), offices.unit_officer(PROVINCE, "dpupr")
    for kind in templates.Kind:
        assert template_selectors.usable(viewer=roads, kind=kind, on=UNTIL), kind
    kept = [view.name for view in saved_views.of_desk(viewer=roads)]
    assert kept == ["Janji yang lewat tanggalnya", "Rapat mingguan"]
    assert len(saved_views.of_desk(viewer=offices.admin(PROVINCE, seat=1))) == 2, "what a colleague shares"
    without = [one.agency.slug for one in administration.standings(viewer=System(), on=UNTIL, only="sk")]
    assert without == ["kab-tangerang"]
    province = offices.agency_id(PROVINCE)
    assert {unit.slug for unit in administration.units_without_decree(province, on=UNTIL)} == {
        "samsat", "tahura", "bina-marga-uptd",
    }  # fmt: skip
    assert [decree.agency_id for decree in administration.expiring(None, on=UNTIL)] == [province]
    coming = duty.list_(viewer=admin, on=UNTIL, whole_agency=True)
    assert [(row.first_day <= UNTIL, row.deputy is None) for row in coming] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip


def assert_ended(offices):
    """The recap of the year that is over is published by the province, with its files, and not again."""
    indicators_services.fold(now=END)
    for _ in range(2):
        endings.end(now=END)
        endings.publish_recap(offices, now=END)
        recap = Recap.objects.get()
    assert (recap.agency.slug, recap.period, recap.published_at) == (PROVINCE, "2025", END)
    assert recap.content["period"]["is_over"]
    assert {file.kind for file in recap.files.all()} == {"pdf", "xlsx"}


@pytest.mark.django_db
class TestRefusing:
    def test_an_installation_with_reports_of_its_own_never_becomes_a_demonstration(self, tmp_path):
        make.submit()
        settings_folder, settings.DATA_DIR = settings.DATA_DIR, tmp_path
        try:
            with pytest.raises(CommandError, match="reports of its own"):
                _play()
        finally:
            settings.DATA_DIR = settings_folder
        assert Report.objects.count() == 1
        assert not (tmp_path / "demo.json").exists()

    def test_the_future_is_not_played(self):
        with pytest.raises(CommandError, match="after today"):
            _play(until=date(2999, 1, 1))


@pytest.mark.django_db
class TestPlans:
    @pytest.fixture
    def plans(self):
        return stories.plans(count=1500, seed=3, end=END, places=Places())

    def test_the_mix_is_the_one_of_the_profile(self, plans):
        count = len(plans)

        def share(found):
            return 100 * sum(map(bool, found)) / count

        kinds = Counter(plan.topic.classification for plan in plans)
        assert 100 * kinds["complaint"] / count == pytest.approx(80, abs=4)
        assert 100 * kinds["information_request"] / count == pytest.approx(12, abs=3)
        assert 100 * kinds["aspiration"] / count == pytest.approx(8, abs=3)
        channels = Counter(plan.channel for plan in plans)
        assert 100 * channels["web"] / count == pytest.approx(45, abs=4)
        assert 100 * (channels["android"] + channels["ios"]) / count == pytest.approx(35, abs=4)
        assert share(plan.is_anonymous for plan in plans) == pytest.approx(25, abs=4)
        assert share(plan.is_confidential for plan in plans) == pytest.approx(12, abs=4)
        assert share(plan.sent == "wrong" for plan in plans) == pytest.approx(12, abs=3)
        assert share(plan.road == "archived" for plan in plans) == pytest.approx(10, abs=3)
        assert share(plan.asks_data for plan in plans) == pytest.approx(10, abs=3)

    def test_there_are_more_reports_in_the_end_than_in_the_beginning(self, plans):
        half = END - timedelta(days=profile.DAYS / 2)
        assert sum(plan.at > half for plan in plans) > 0.55 * len(plans)

    def test_people_write_by_day_more_than_by_night(self, plans):
        hours = Counter(plan.at.astimezone(profile.ZONE).hour for plan in plans)
        assert sum(hours[hour] for hour in range(8, 17)) > 4 * sum(hours[hour] for hour in range(5))

    def test_each_report_has_a_number_of_its_own(self, plans):
        assert len({plan.number for plan in plans}) == len(plans)


@pytest.mark.django_db
def test_what_is_archived_for_what_it_is_claims_no_danger(tmp_path):
    """A quarrel over shoes was once marked as a danger to life, because its topic was a road's."""
    demo_accounts.ensure(tmp_path, now=END - timedelta(days=800))
    calendar = calendars.working_calendar(None, calendars.current_version())
    stage = Stage(Clockwork(calendar, END), Offices(begin=END, on=UNTIL), Album(tmp_path, least_free=0))
    plans = stories.plans(count=900, seed=3, end=END, places=Places())
    walks = [Walk(plan, stage) for plan in plans if plan.topic.urgency and plan.road == stories.Road.ARCHIVED]
    strays = [walk for walk in walks if walk.is_stray()]
    assert len(strays) >= 10
    for walk in strays:
        walk.submit()
    reports = Report.objects.filter(number__in=[walk.plan.number for walk in strays])
    assert set(reports.values_list("urgency", "category")) == {("", None)}


def test_the_label_of_a_sketch_is_not_cut_off():
    """The gallery shows pictures of four to three; what is wider loses its sides."""
    assert pictures.WIDTH * 3 == pictures.HEIGHT * 4


@pytest.mark.django_db
def test_every_topic_has_a_category_and_a_desk_that_are_in_force():
    categories = set(Category.objects.filter(active_to=None).values_list("code", flat=True))
    units = set(Unit.objects.filter(valid_to=None).values_list("agency__slug", "slug"))
    agencies = set(Agency.objects.filter(valid_to=None).values_list("slug", flat=True))
    for topic in TOPICS:
        assert topic.category in categories, topic.key
        for desk in topic.desks:
            home = {"province": "pemprov-banten", "regency": "kab-tangerang"}.get(desk.level)
            assert (home, desk.unit) in units if home else desk.level in agencies, topic.key
    assert len(TOPICS) >= 60


@pytest.mark.django_db
def test_every_sentence_can_be_filled_in_and_every_text_fits_the_form():
    place = Places().choose(Random(1))
    for topic in TOPICS:
        rng = Random(topic.key)
        facts = corpus.facts_for(rng, place, at=END)
        for sentence in (*topic.titles, *topic.openings, *topic.details, *topic.asks, *topic.questions):
            assert "{" not in facts.fill(sentence)
        for words in topic.tongues:
            assert BODY_LENGTH[0] <= len(facts.fill(words[2])) <= BODY_LENGTH[1]
        for length in (35, 120, 400, 2000):
            assert TITLE_LENGTH[0] <= len(corpus.title(rng, topic, facts)) <= TITLE_LENGTH[1]
            assert BODY_LENGTH[0] <= len(corpus.body(rng, topic, facts, length=length)) <= BODY_LENGTH[1]
        assert "{" not in corpus.step(rng, topic, facts, at=END)
        for outcome in {*topic.answers, *phrases.ANSWERS}:
            assert "{" not in corpus.answer(rng, topic, facts, outcome, at=END, promised=UNTIL)
        for outcome in phrases.SECOND_ANSWERS:
            assert "{" not in corpus.second_answer(rng, facts, outcome, at=END, promised=UNTIL)


def test_lengths_follow_the_quantiles():
    rng = Random(1)
    found = sorted(profile.length(rng) for _ in range(4000))
    assert found[2000] == pytest.approx(204, rel=0.15)
    assert found[3600] == pytest.approx(692, rel=0.2)
