"""Dates, numbers and due days in both languages, and the parts of pages that carry no page of their own."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from tanggap.domain.lifecycle import Status
from tanggap.templatetags import tanggap as words

DAY = date(2026, 7, 21)
MOMENT = datetime(2026, 7, 21, 7, 30, tzinfo=UTC)
LATE = datetime(2026, 7, 21, 17, 5, tzinfo=UTC)
COMPONENTS = Path(settings.BASE_DIR) / "tanggap/templates/components"


def render(source, **values):
    return Template(source).render(Context(values))


def test_a_day_is_said_in_full_in_both_languages():
    assert words.tanggal(DAY) == "Selasa, 21 Juli 2026"
    with translation.override("en"):
        assert words.tanggal(DAY) == "Tuesday, 21 July 2026"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("WIB", "Rabu, 22 Juli 2026 00.05 WIB"),
        ("WITA", "Rabu, 22 Juli 2026 01.05 WITA"),
        ("Asia/Jayapura", "Rabu, 22 Juli 2026 02.05 WIT"),
    ],
)
def test_a_moment_is_said_in_the_zone_where_the_office_is(zone, said):
    assert words.waktu(LATE, zone) == said


def test_english_writes_hours_with_a_colon():
    with translation.override("en"):
        assert words.waktu_pendek(MOMENT) == "21 Jul 2026 14:30 WIB"
        assert words.jam(MOMENT) == "14:30 WIB"


def test_nothing_is_said_of_what_is_not_there():
    for say in (words.tanggal, words.tanggal_pendek, words.waktu, words.waktu_pendek, words.jam, words.when):
        assert say(None) == ""
    assert words.angka(None) == words.persen(None) == words.ukuran(None) == ""


def test_a_time_element_carries_the_machine_date():
    assert render("{% when day %}", day=DAY) == '<time datetime="2026-07-21">Selasa, 21 Juli 2026</time>'
    made = render('{% when moment "short" %}', moment=MOMENT)
    assert made == '<time datetime="2026-07-21T07:30:00+00:00">21 Jul 2026 14.30 WIB</time>'


def test_the_day_alone_of_a_moment_is_that_of_its_zone():
    said = render('{% when moment "day" %}', moment=LATE)
    assert said == '<time datetime="2026-07-22">Rabu, 22 Juli 2026</time>', "nor does a machine read the minute"


@pytest.mark.parametrize(
    ("value", "digits", "indonesian", "english"),
    [(1234567, 0, "1.234.567", "1,234,567"), (12345.67, 1, "12.345,7", "12,345.7"), (0, 0, "0", "0")],
)
def test_numbers_follow_the_language(value, digits, indonesian, english):
    assert words.angka(value, digits) == indonesian
    with translation.override("en"):
        assert words.angka(value, digits) == english


def test_shares_and_sizes_hold_together_with_their_unit():
    assert words.persen(0.913) == "91\N{NO-BREAK SPACE}%"
    assert words.ukuran(1_240_000) == "1,2\N{NO-BREAK SPACE}MB"
    assert words.ukuran(12) == "1\N{NO-BREAK SPACE}kB"


@pytest.mark.parametrize(
    ("left", "said", "tone"),
    [
        (3, "sisa 3 hari kerja", "calm"),
        (1, "sisa 1 hari kerja", "soon"),
        (0, "Jatuh tempo hari ini", "soon"),
        (-4, "Terlambat 4 hari kerja", "late"),
    ],
)
def test_a_due_day_says_how_far_it_is(left, said, tone):
    assert words.due_words(left) == said
    assert words.due_tone(left) == tone


def test_a_due_day_in_calendar_days_and_on_the_desk():
    assert words.due_words(3, calendar=True) == "sisa 3 hari"
    assert words.due_words(-3, calendar=True) == "Terlambat 3 hari"
    assert words.due_words(3, short=True) == "3\N{NO-BREAK SPACE}hk"
    assert words.due_words(-2, short=True) == "Terlambat 2 hk"
    assert words.due_words(0, short=True) == "hari ini"
    assert words.due_tone(None) == "calm"


def test_every_status_has_a_tone_and_every_tone_an_icon():
    assert set(words.STATUS_TONES) == set(Status)
    sprite = (Path(settings.BASE_DIR) / "tanggap/static/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'symbol id="([a-z]+)"', sprite))
    assert set(words.STATUS_TONES.values()) <= set(words.TONE_ICONS)
    assert set(words.TONE_ICONS.values()) <= drawn


def test_icons_named_in_templates_are_drawn():
    sprite = (Path(settings.BASE_DIR) / "tanggap/static/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'symbol id="([a-z]+)"', sprite))
    for template in (Path(settings.BASE_DIR) / "tanggap/templates").rglob("*.html"):
        named = set(re.findall(r'{% icon "([a-z]+)"', template.read_text(encoding="utf-8")))
        assert named <= drawn, f"{template.name} names an icon that is not drawn"


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in words.icon("check")
    assert 'aria-label="Selesai"' in words.icon("check", "Selesai")


class _Form(forms.Form):
    subject = forms.CharField(label="Judul laporan", help_text="Singkat.")
    kind = forms.ChoiceField(label="Klasifikasi", widget=forms.RadioSelect, choices=[("a", "Pengaduan")])


def test_a_field_is_tied_to_its_label_its_hint_and_its_errors():
    form = _Form({"subject": ""})
    made = render('{% include "components/field.html" with field=form.subject only %}', form=form)
    assert '<label for="id_subject">Judul laporan</label>' in made
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in made
    assert 'aria-invalid="true"' in made
    assert 'id="id_subject_helptext"' in made
    assert 'id="id_subject_error"' in made


def test_a_hint_given_in_the_page_replaces_the_help_text():
    made = render('{% include "components/field.html" with field=form.subject hint="Lain." only %}', form=_Form())
    assert "Lain." in made
    assert "Singkat." not in made


def test_choices_are_a_group_with_a_legend_and_a_hint_each():
    made = render(
        '{% include "components/choice_list.html" with field=form.kind hints=h only %}', form=_Form(), h={"a": "Buruk."}
    )
    assert '<legend><span class="legend" id="id_kind_legend">' in made
    assert 'aria-labelledby="id_kind_legend"' in made
    assert 'aria-describedby="id_kind_0_hint"' in made
    assert '<label for="id_kind_0">Pengaduan</label>' in made


def test_the_error_summary_links_each_field():
    made = render('{% include "components/error_summary.html" with form=form only %}', form=_Form({}))
    assert 'href="#id_subject"' in made
    assert 'href="#id_kind"' in made


def test_a_component_shows_its_body_and_nothing_of_the_page():
    made = render(
        '{% component "notice" tone="late" title="Judul" %}<b>{{ x }}</b>{% endcomponent %}', x="<i>", title="Lain"
    )
    assert "<b>&lt;i&gt;</b>" in made
    assert "Judul" in made
    assert "Lain" not in made


def test_every_component_says_its_parameters_or_needs_none():
    free = {"nav.html", "nav_desk.html", "footer.html"}
    for template in COMPONENTS.glob("*.html"):
        assert template.name in free or template.read_text(encoding="utf-8").startswith("{#"), template.name


def test_no_template_carries_an_inline_style_or_handler():
    for template in (Path(settings.BASE_DIR) / "tanggap/templates").rglob("*.html"):
        found = re.findall(r"<[^>]*\s(?:style|on[a-z]+)=", template.read_text(encoding="utf-8"))
        assert not found, f"{template.name}: {found}"


@pytest.mark.parametrize(
    ("path", "current"), [("/meja", "page"), ("/meja/7KQ2-M9TD", "true"), ("/meja/organisasi/x", "")]
)
def test_one_link_of_the_navigation_is_current(rf, path, current):
    source = '{% nav_link "/meja" "Meja" but="/meja/loket /meja/organisasi" %}'
    marked = re.findall(r'aria-current="(\w+)"', render(source, request=rf.get(path)))
    assert marked == ([current] if current else [])
