"""A recap says what the selectors say, to whom it may, once, whole; no name is taken for markup or a formula."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from tanggap.adapters.outbound import recap_files, recap_names, recap_words
from tanggap.adapters.outbound.recap_document import Sheet
from tanggap.domain.actors import Anyone
from tanggap.domain.figures import per_heads
from tanggap.domain.frozen import written
from tanggap.domain.periods import Period
from tanggap.domain.recaps import FORMAT, State, Stretch, mark
from tanggap.domain.recommendations import Act
from tanggap.models import Recap, RecapFile, SecretCount, Unit, UnitName
from tanggap.selectors import frozen, indicators, recap_figures
from tanggap.selectors import recaps as selectors
from tanggap.selectors.indicators import Scope
from tanggap.selectors.recap_figures import Wanted
from tanggap.services import indicators as folding
from tanggap.services import periods, recaps, recommendations
from tanggap.services.recommendations import NewRecommendation
from tests import facts, make
from tests.rights import owning
from tests.services.test_assessments import told as told_assessment

pytestmark = pytest.mark.django_db

# What a typesetter, a spreadsheet and a page would each run or read as markup.
HOSTILE = '=1+1 #image("x") *tebal* $x$ <b>[kait]</b> _a_ @b `c` \\ {{ d }} %(agency)s'
NOW = make.NOW + 40 * make.DAY  # the tenth of August: July is over, and closed
JULY = Stretch.named("2020-07")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """A province with two offices that had reports, one with one report, all others with none; July is closed."""
    with django_db_blocker.unblock(), transaction.atomic():
        agency, dpupr, dinkes, category = make.agency(), make.unit(), make.unit("dinkes"), make.category()
        facts.count(facts.row(agency.pk, dpupr.pk, rating=4, category=category), 8)
        facts.count(
            facts.row(agency.pk, dpupr.pk, resolve_state="missed", resolve_days=61, status="closed", family="closed"), 4
        )
        facts.count(facts.row(agency.pk, dinkes.pk, area="36.03.01.2001", category=category))
        facts.count(facts.row(agency.pk, None, status="archived", family="archived", was_answered=False,
                    archive_reason="unclear", resolve_state="none", resolve_days=None))  # fmt: skip
        facts.count(facts.row(agency.pk, dpupr.pk, is_secret=True), 6)
        facts.count(facts.row(agency.pk, dpupr.pk, received_on="2019-07-03"), 5)
        facts.count(facts.row(make.agency("kab-lebak").pk))
        folding.fold(now=NOW)
        with owning():
            Unit.objects.filter(pk=dinkes.pk).update(name=HOSTILE)
            Unit.objects.filter(pk=make.unit("dinsos").pk).update(name="Dinas Baru")
        UnitName.objects.create(
            unit=make.unit("dinsos"), name="Dinas Lama", valid_from=date(2015, 1, 1), valid_to=date(2020, 7, 9)
        )
        yield SimpleNamespace(agency=agency, dpupr=dpupr, dinkes=dinkes)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def july(world) -> dict:
    return recap_figures.gather(Wanted(world.agency, JULY, NOW))


def words(content) -> object:
    return recap_words.document(content, mark(content))


def told(scope, days, code):
    return written(indicators.told(scope, days, [code])[code])


def test_every_figure_is_that_of_the_selectors(world, july):
    own = Scope("agency", (str(world.agency.pk),))
    for code in recap_figures.WHOLE:
        assert july["whole"][code] == told(own, JULY.days, code), code
        assert july["before"]["whole"][code] == told(own, Period.named("2019-07"), code), code
    assert july["whole"]["volume"]["n"] == 14
    rows = {one["slug"]: one for one in july["units"]}
    for slug, unit in (("dpupr", world.dpupr), ("dinkes", world.dinkes)):
        for code in recap_figures.OFFICE:
            assert rows[slug]["told"][code] == told(Scope("unit", (str(unit.pk),)), JULY.days, code), (slug, code)
    assert sum(one["is_opd"] for one in july["units"]) == 41
    regencies = {one["slug"]: one["told"] for one in july["governments"] if one["told"]}
    assert (len(regencies), regencies["kab-lebak"]["volume"]["n"]) == (8, 1)
    assert {one["code"]: one["told"]["volume"]["n"] for one in july["channel"]} == {"web": 14}
    assert sum(sum(row["counts"]) for row in july["matrix"]["rows"]) == 9
    assert july["format"] == FORMAT


def test_reports_stand_beside_how_many_live_there(july):
    (section,) = (one for one in words(july).sections if one.key == "kabkota")
    (table,) = (one for one in section.blocks if one.key == "kabkota_penduduk")
    rows = {row[0].text: [cell.number for cell in row[1:]] for row in table.rows}
    lives_there = make.agency("kab-lebak").area.population
    assert rows["Pemerintah Kabupaten Lebak"] == [1, lives_there, per_heads(1, lives_there)]
    assert (per_heads(1_333, 3_350_000), per_heads(1, None)) == (Decimal("3.98"), None)


def test_the_paper_prints_the_figures_and_says_which_formula_and_which_period(world, july):
    # An office has a hostile name; who signs it types more of that.
    file = recap_files.render("pdf", july, mark(july), {"place": "$", "title": "#panic()", "name": HOSTILE})
    with pikepdf.open(BytesIO(file)) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "Pemerintah Provinsi Banten" in str(pdf.docinfo.Title)
        assert len(pdf.pages) > 8
        kinds = _structure(pdf.Root.StructTreeRoot)
        assert {"/Table", "/TH", "/Figure", "/H1", "/Caption"} <= set(kinds)
        assert all(alt for kind, alt in kinds.items() if kind == "/Figure")


def _structure(node, found=None) -> dict[str, bool]:
    """Return the kinds of the elements of a tagged PDF; of figures whether each has words in its place."""
    found = {} if found is None else found
    if isinstance(node, pikepdf.Array):
        for child in node:
            _structure(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            kind = str(node.S)
            found[kind] = found.get(kind, True) and (kind != "/Figure" or "/Alt" in node)
        if "/K" in node:
            _structure(node.K, found)
    return found


def test_the_summary_is_grammatical_for_none_one_and_many_and_praises_no_small_number(world, july):
    said = " ".join(words(july).summary)
    assert "menerima 14 laporan dari 1 Juli 2020 sampai 31 Juli 2020" in said
    assert "tercatat 5 laporan" in said
    assert "8 sedang diproses" not in said  # nine: those of the other office, too
    assert "9 sedang diproses" in said
    assert "Banyak atau sedikitnya laporan bukan ukuran mutu pelayanan." in said
    lebak = recap_figures.gather(Wanted(make.agency("kab-lebak"), JULY, NOW))
    one = " ".join(words(lebak).summary)
    assert "menerima satu laporan" in one
    assert "Baru satu laporan yang ketepatan waktu jawabannya dapat dinilai, terlalu sedikit" in one
    assert "%" not in one.replace("95 %", "")
    none = recap_figures.gather(Wanted(make.agency("kota-serang"), JULY, NOW))
    found = " ".join(words(none).summary)
    assert "Pemerintah Kota Serang tidak menerima laporan" in found
    assert "%(" not in said + one + found


def test_offices_without_reports_and_former_names_are_said(july):
    (section,) = (one for one in words(july).sections if one.key == "opd")
    assert "Badan Kepegawaian Daerah" in section.paragraphs[1]
    assert any("sampai 9 Juli 2020 bernama Dinas Lama" in note for note in section.blocks[0].notes)
    rows = {row[0].text: row for row in section.blocks[0].rows}
    assert rows["Tidak pada unit mana pun"][1].text == "1"
    shares = {row[0].text: row[1].text for row in section.blocks[1].rows}
    assert (shares[make.unit().name], shares[HOSTILE]) == ("66,67\N{NO-BREAK SPACE}%", "n = 1")


def test_secret_reports_are_in_no_figure_and_are_told_as_the_selectors_tell_them(world, july):
    assert july["secret"] == {"agency": {}, "province": {}}
    with transaction.atomic():
        SecretCount.objects.create(kind="agency", place=world.agency.pk, period="2020-07", family="in_progress", n=6)
        SecretCount.objects.create(kind="province", place="36", period="2020-07", family="closed", n=5)
        content = recap_figures.gather(Wanted(world.agency, JULY, NOW))
        assert content["secret"] == {"agency": {"in_progress": 6}, "province": {"closed": 5}}
        assert content["whole"] == july["whole"]
        assert "Yang diceritakan tersendiri: 6 laporan rahasia" in " ".join(words(content).summary)
        transaction.set_rollback(True)


def test_a_closed_month_is_told_as_it_was_frozen_with_its_mark(world):
    with transaction.atomic():
        periods.close_one("2020-07", reason="", now=NOW)
        (version,) = frozen.versions("2020-07")
        facts.count(facts.row(world.agency.pk, world.dpupr.pk), 3)  # later, and in no version
        content = recap_figures.gather(Wanted(world.agency, JULY, NOW))
        assert content["closed"]["checksum"] == version.checksum
        kept = frozen.figures("2020-07", "agency", str(world.agency.pk))
        assert all(content["whole"][code] == kept[code] for code in recap_figures.WHOLE)
        assert content["whole"]["volume"]["n"] == 14
        facts_ = dict(words(content).facts)
        assert version.checksum in facts_.values()
        transaction.set_rollback(True)


def test_a_hostile_name_is_a_name_in_the_sheet_and_numbers_are_numbers(world, july):
    book = openpyxl.load_workbook(BytesIO(recap_files.render("xlsx", july, mark(july), {"name": HOSTILE})))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == f"'{HOSTILE}" for cell in cells)
    sheet = book["OPD, keadaan"]
    assert sheet.freeze_panes == "B2"
    assert sheet["B1"].value == "Diterima"
    head = [cell.value for cell in sheet[1]]
    (row,) = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=2) if line[0].value == make.unit().name)
    assert row[head.index("Diterima")] == 12
    (share,) = (
        line[1] for line in book["OPD, waktu dan mutu"].iter_rows(min_row=2) if line[0].value == make.unit().name
    )
    assert (Decimal(str(share.value)), share.number_format) == (Decimal("66.67"), '0.00" %"')


def test_sheets_are_named_in_the_language_of_the_document(july):
    """A spreadsheet takes no longer names, and none twice."""
    assert set(recap_names.SHEET) == set(Sheet)
    for language, first in (("id", "Klasifikasi"), ("en", "Classification")):
        with translation.override(language):
            titles = [str(words) for words in recap_names.SHEET.values()]
            assert titles[0] == first
            assert [title for title in titles if len(title) > 31 or set(title) & set("[]:*?/\\")] == []
            assert len({title.lower() for title in titles}) == len(titles)
    book = openpyxl.load_workbook(BytesIO(recap_files.render("xlsx", july, mark(july), {})))
    assert {"Saluran", "Klasifikasi"} <= set(book.sheetnames)


def test_archived_is_not_the_word_for_what_is_counted_with_the_withdrawn(world):
    with transaction.atomic():
        facts.count(facts.row(world.agency.pk, None, status="withdrawn", family="archived", is_withdrawn=True))
        folding.fold(now=NOW)
        content = recap_figures.gather(Wanted(world.agency, JULY, NOW))
        said = " ".join(words(content).summary)
        with translation.override("en"):
            english = " ".join(words(content).summary)
        transaction.set_rollback(True)
    assert "2 diarsipkan atau dicabut pelapor" in said
    assert "1 diarsipkan." in said
    assert "2 archived or withdrawn by the reporter" in english
    assert "1 archived." in english


def test_a_month_that_goes_on_is_said_to_stand_beside_a_whole_one(world):
    """Of last year all of August is drawn, and the sum in the summary is of the same ten days."""
    with transaction.atomic():
        for received_on in ("2019-08-03", "2019-08-30"):
            facts.count(facts.row(world.agency.pk, world.dpupr.pk, received_on=received_on))
        folding.fold(now=NOW)
        content = recap_figures.gather(Wanted(world.agency, Stretch.named("2020"), NOW))
        transaction.set_rollback(True)
    chart = words(content).sections[0].blocks[0]
    assert sum(one.value for one in chart.beside) == content["before"]["whole"]["volume"]["n"] + 1
    (note,) = chart.notes
    assert note.startswith("Agustus 2019 dihitung sebulan penuh, Agustus 2020 baru sampai tanggal 10.")
    over = recap_figures.gather(Wanted(world.agency, Stretch.named("2020"), NOW + 200 * make.DAY))
    assert words({**over, "period": {**over["period"], "until": "2020-12-31"}}).sections[0].blocks[0].notes == ()
    with pikepdf.open(BytesIO(recap_files.render("pdf", content, mark(content), {}))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)


def test_two_who_ask_at_once_get_one_recap_and_it_is_made_whole_and_once(world):
    admin, overseer = make.agency_admin(), make.regional_overseer()
    first = recaps.ask(actor=admin, agency_id=world.agency.pk, stretch=JULY, now=NOW)
    second = recaps.ask(actor=overseer, agency_id=world.agency.pk, stretch=JULY, now=NOW)
    assert first.pk == second.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Recap.objects.create(key="f" * 32, agency=world.agency, period="2020-07", asked_at=NOW)

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recaps.make(first.pk, render=killed, now=NOW)
    first.refresh_from_db()
    assert (first.state, RecapFile.objects.filter(recap=first).count()) == (State.RUNNING, 0)
    made = recaps.make(first.pk, render=lambda *_: b"whole", now=NOW)
    assert (made.state, made.checksum, made.done) == (State.DONE, mark(made.content), made.total)
    assert {row.kind for row in made.files.all()} == {"pdf", "xlsx"}
    assert recaps.make(first.pk, render=killed, now=NOW) is None
    for change in ("content = '{}'", "checksum = ''", "state = 'failed'", 'signed = \'{"name": "x"}\''):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE tanggap_recap SET {change} WHERE id = %s", [made.pk])
    assert recaps.ask(actor=admin, agency_id=world.agency.pk, stretch=JULY, now=NOW).pk != made.pk


def test_what_cannot_be_made_has_failed_and_says_why(world):
    asked = recaps.ask(actor=make.agency_admin(), agency_id=world.agency.pk, stretch=JULY, now=NOW)

    def broken(*_: object) -> bytes:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        recaps.make(asked.pk, render=broken, now=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.files.count()) == (State.FAILED, "error", 0)
    with pytest.raises(recaps.NotBegunError):
        recaps.ask(actor=make.agency_admin(), agency_id=world.agency.pk, stretch=Stretch.named("2021"), now=NOW)


def test_who_may_have_it_made_and_who_may_publish(world):
    regency = make.agency("kab-lebak").pk
    may = {
        "agency_admin": (make.agency_admin(), True, False),
        "national_admin": (make.national_admin(), True, True),
        "head": (make.head(), True, False),
        "head of a unit": (make.head("dpupr"), False, False),
        "regional_overseer": (make.regional_overseer(), True, True),
        "overseer": (make.overseer(), True, True),
        "evaluator": (make.evaluator(), False, False),
        "liaison": (make.liaison(), False, False),
        "unit_admin": (make.unit_admin(), False, False),
        "auditor": (make.auditor(), False, False),
        "anyone": (Anyone(), False, False),
    }
    publish = {"agency_admin", "national_admin"}
    for name, (actor, own, other) in may.items():
        for agency_id, is_allowed in ((world.agency.pk, own), (regency, other)):
            with transaction.atomic():
                if not is_allowed:
                    with pytest.raises(recaps.NotAllowedError):
                        recaps.ask(actor=actor, agency_id=agency_id, stretch=JULY, now=NOW)
                    transaction.set_rollback(True)
                    continue
                asked = recaps.ask(actor=actor, agency_id=agency_id, stretch=JULY, now=NOW)
                assert selectors.get(viewer=actor, key=asked.key).pk == asked.pk, name
                assert agency_id in set(selectors.agencies_of(actor).values_list("pk", flat=True)), name
                transaction.set_rollback(True)
        if not own:
            assert not selectors.agencies_of(actor).exists(), name
    asked = recaps.ask(actor=may["head"][0], agency_id=world.agency.pk, stretch=JULY, now=NOW)
    made = recaps.make(asked.pk, render=lambda *_: b"", now=NOW)
    for name, (actor, own, _other) in may.items():
        if not own:
            with pytest.raises(selectors.NotFoundError):
                selectors.get(viewer=actor, key=made.key)
        if name not in publish:
            with pytest.raises(recaps.NotAllowedError):
                recaps.publish(actor=actor, recap_id=made.pk, now=NOW)
    assert recaps.publish(actor=may["agency_admin"][0], recap_id=made.pk, now=NOW).published_at == NOW


def test_what_evaluators_recommended_is_told_without_the_answers_of_the_agency():
    evaluator, admin = make.evaluator(), make.agency_admin("kab-tangerang")
    said = NewRecommendation(text="Lengkapi\nSK.", due_on=NOW.date(), subject="decree")
    row = told_assessment(evaluator, admin)
    number = recommendations.give(actor=evaluator, assessment_id=row.pk, said=said, now=make.NOW).pk
    recommendations.act(actor=admin, number=number, act=Act.PLAN, text="Rencana kami.", now=make.NOW)
    folding.fold(now=NOW)
    content = recap_figures.gather(Wanted(make.agency("kab-tangerang"), JULY, NOW))
    (section,) = (one for one in words(content).sections if one.key == "rekomendasi")
    cells = [cell.text for cell in section.blocks[0].rows[0]]
    assert cells[1:] == ["Lengkapi SK.", "Pemerintah Kabupaten Tangerang", "10 Agustus 2020", "belum selesai"]
    assert "Rencana kami." not in json.dumps(content)


def test_a_week_has_what_is_kept_by_day_and_a_year_that_goes_on_is_provisional(world):
    week = recap_figures.gather(Wanted(world.agency, Stretch.named("2020-W27"), NOW))
    assert (week["period"]["first"], week["whole"]["volume"]["n"]) == ("2020-06-29", 14)
    assert [row["told"]["volume"]["n"] for row in week["curve"]] == [0, 0, 14, 0, 0, 0, 0]
    assert recap_files.render("xlsx", week, mark(week), {})
    year = recap_figures.gather(Wanted(world.agency, Stretch.named("2020"), NOW))
    assert (year["period"]["is_over"], year["before"]["last"], year["before"]["whole"]["volume"]["n"]) == (
        False, "2019-08-10", 5,
    )  # fmt: skip
    with translation.override("en"):
        assert words(year).state == "Provisional: the period is not over"
    assert words(year).state


def test_what_is_kept_is_plain_json_and_its_mark_is_that_of_its_canonical_form(july):
    assert mark(json.loads(json.dumps(july))) == mark(july)
    assert re.fullmatch(r"[0-9a-f]{64}", mark(july))


def test_every_figure_of_the_whole_has_its_formula_in_the_annex(july):
    assert july["whole"].keys() <= {one["key"].partition("@")[0] for one in july["annex"]["formulas"]}
