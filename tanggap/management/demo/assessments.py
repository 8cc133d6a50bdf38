"""A round of self-assessment of last year: some results told, one objection, one waiting, and some who sent nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from tanggap.domain.actors import AgencyAdmin, Evaluator, NationalAdmin
from tanggap.domain.assessment_forms import Form
from tanggap.domain.assessments import Act
from tanggap.domain.recommendations import Act as Recommending
from tanggap.management.demo.offices import PROVINCE
from tanggap.management.demo.profile import ZONE
from tanggap.management.demo.steps import Stage
from tanggap.selectors import agencies, assessment_results
from tanggap.selectors import assessments as selectors
from tanggap.services import assessment_rounds, assessments, recommendations
from tanggap.services.assessment_rounds import NewRound
from tanggap.services.assessments import Answer
from tanggap.services.recommendations import NewRecommendation

_DAY: Final = timedelta(days=1)
# Who sent something, what they say of themselves and what the evaluator says, in tenths of the best; how far it is.
_PLAYED: Final = (
    (PROVINCE, 9, 7, Act.OBJECT),
    ("kab-tangerang", 8, 8, Act.TELL),
    ("kab-serang", 7, 5, Act.TELL),
    ("kota-tangerang", 9, 7, Act.SCORE),
    ("kota-cilegon", 8, 0, Act.SUBMIT),
)
_OBJECTION: Final = "Surat keputusan pengelola pengaduan sudah berlaku sejak Januari, tetapi dinilai sebagian."


@dataclass(frozen=True, slots=True)
class _Recommended:
    text: str
    days: int
    subject: str = ""
    formula: str = ""
    plan: str = ""  # with which the agency has answered


_RECOMMENDED: Final = (
    (
        PROVINCE,
        _Recommended(
            "Jawab laporan dalam batas waktunya: tunjuk pengganti bila petugas cuti.",
            days=120,
            formula="sla_rate",
            plan="Setiap unit menunjuk dua petugas pengganti, diperiksa setiap bulan.",
        ),
    ),
    (
        PROVINCE,
        _Recommended("Perbarui SK pengelola pengaduan: ada unit yang belum ikut.", days=6, subject="decree"),
    ),
    (
        "kab-tangerang",
        _Recommended(
            "Tanyakan kepuasan pelapor setiap kali laporan ditutup.",
            days=90,
            formula="satisfaction",
            plan="Dibahas dalam rapat pengelola bulan depan.",
        ),
    ),
)
_REMARK: Final = "Dokumen ada; mohon lengkapi laporan pelaksanaannya."


def play(stage: Stage) -> None:
    """Play the round once, at the end; what is there is left as it is."""
    evaluator, end = stage.offices.evaluator(), stage.clockwork.last_office_moment()
    if selectors.rounds(viewer=evaluator):
        return
    with transaction.atomic():
        _play(stage, evaluator, end)


def _play(stage: Stage, evaluator: Evaluator, end: datetime) -> None:
    opened, year = end - 70 * _DAY, end.astimezone(ZONE).year - 1
    said = NewRound(
        form="pemda",
        year=year,
        first_day=date(year, 1, 1),
        last_day=date(year, 12, 31),
        due_on=(end - 30 * _DAY).astimezone(ZONE).date(),
        agency_ids=frozenset(one.pk for one in agencies.at_home()),
    )
    found = assessment_rounds.open_(actor=evaluator, said=said, now=opened)
    form = assessment_results.form_of(found)
    rows = {row.agency.slug: row for row in selectors.of_round(viewer=evaluator, round_id=found.pk)}
    for slug, own, score, until in _PLAYED:
        admin = stage.offices.admin(slug)
        if isinstance(admin, AgencyAdmin):
            _play_one(rows[slug].pk, form, admin, evaluator, (own, score), until, end)
    for slug, recommended in _RECOMMENDED:
        _recommend(rows[slug].pk, recommended, stage.offices.admin(slug), evaluator, end)


def _recommend(
    assessment_id: int, one: _Recommended, admin: AgencyAdmin | NationalAdmin, evaluator: Evaluator, end: datetime
) -> None:
    given_at = end - 8 * _DAY
    due_on = (given_at + one.days * _DAY).astimezone(ZONE).date()
    said = NewRecommendation(one.text, due_on, subject=one.subject, formula=one.formula)
    made = recommendations.give(actor=evaluator, assessment_id=assessment_id, said=said, now=given_at)
    if one.plan:
        plan = Recommending.PLAN
        recommendations.act(actor=admin, number=made.pk, act=plan, text=one.plan, now=end - 4 * _DAY)


def _play_one(
    assessment_id: int,
    form: Form,
    admin: AgencyAdmin,
    evaluator: Evaluator,
    tenths: tuple[int, int],
    until: Act,
    end: datetime,
) -> None:
    own, scores = (_answers(form, n) for n in tenths)
    steps: tuple[tuple[Act, AgencyAdmin | Evaluator, dict[str, Answer], str, int], ...] = (
        (Act.SAVE, admin, own, "", 45),
        (Act.SUBMIT, admin, {}, "", 40),
        (Act.SCORE, evaluator, scores, "", 20),
        (Act.TELL, evaluator, {}, "", 9),
        (Act.OBJECT, admin, {}, _OBJECTION, 3),
    )
    for act, actor, answers, text, days_ago in steps:
        moment = end - days_ago * _DAY
        assessments.act(actor=actor, assessment_id=assessment_id, act=act, answers=answers, text=text, now=moment)
        if act == until:
            return


def _answers(form: Form, tenths: int) -> dict[str, Answer]:
    """Return answers around some tenths of the best: every third criterion is a little better, every fourth worse."""
    made = {}
    for at, (code, one) in enumerate(form.criteria.items()):
        points = round(one.best * (tenths + (at % 3 == 0) - 2 * (at % 4 == 0)) / 10)
        made[code] = Answer(max(0, min(one.best, points)), _REMARK if at % 4 == 0 else "")
    return made
