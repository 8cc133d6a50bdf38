"""The proposed index: weights as data, what is missing redistributed, and how far the ranks hang on the weights."""

from decimal import Decimal
from fractions import Fraction

from tanggap.domain import composite, figures
from tests.domain.test_indicators import BY_CODE, ON

IKP = BY_CODE["ikp"]


def _figures(sla: int, verified: int, genuine: int, ratings: dict[str, int], *, decree: int = 1, active: int = 1):
    return {
        "sla_rate": figures.ratio(BY_CODE["sla_rate"], sla, 100),
        "verify_ontime": figures.ratio(BY_CODE["verify_ontime"], verified, 100),
        "genuine_completion": figures.ratio(BY_CODE["genuine_completion"], genuine, 100),
        "connectedness": figures.ratio(BY_CODE["connectedness"], decree, 1),
        "activity": figures.ratio(BY_CODE["activity"], active, 1),
        "satisfaction": figures.of_spread(BY_CODE["satisfaction"], ratings, on=ON),
    }


def test_the_index_is_the_weighted_sum():
    index = composite.of(IKP, _figures(80, 90, 70, {"5": 20, "3": 20}))
    expected = (
        Fraction("0.1") + Fraction("0.1") + Fraction("0.25") * Fraction(80, 100) + Fraction("0.2") * Fraction(90, 100)
    )
    expected += Fraction("0.2") * Fraction(70, 100) + Fraction("0.15") * Fraction(3, 4)
    assert index.figure.value == expected
    assert index.figure.shown == Decimal("0.8325")
    assert index.grade is not None
    assert index.grade.names["id"] == "Baik"


def test_satisfaction_of_fewer_than_thirty_gives_its_weight_to_the_others():
    index = composite.of(IKP, _figures(80, 80, 80, {"1": 29}, active=0))
    shares = {share.code: share for share in index.shares}
    assert shares["satisfaction"].value is None
    assert shares["satisfaction"].weight == 0
    assert shares["sla_rate"].weight == Fraction(25, 85)
    assert sum(share.weight for share in index.shares) == 1
    assert index.figure.value == (Fraction("0.1") + Fraction("0.65") * Fraction(4, 5)) / Fraction("0.85")


def test_an_index_of_nothing_is_no_number():
    index = composite.of(IKP, {})
    assert index.figure.shown is None
    assert index.grade is None


def test_the_bound_of_a_predicate_belongs_to_it():
    assert [composite.grade(IKP, Fraction(value)).names["id"] for value in ("0.85", "0.8499", "0.5", "0")] == [
        "Sangat Baik",
        "Baik",
        "Sedang",
        "Kurang",
    ]


def test_the_rank_says_how_far_it_hangs_on_the_weights():
    rows = {
        "firm": composite.of(IKP, _figures(99, 99, 99, {})),
        "quick": composite.of(IKP, _figures(90, 40, 60, {})),
        "careful": composite.of(IKP, _figures(50, 80, 70, {})),
        "none": composite.of(IKP, {}),
    }
    found = composite.sensitivity(IKP, rows)
    assert set(found) == {"firm", "quick", "careful"}
    assert (found["firm"].rank, found["firm"].best, found["firm"].worst) == (1, 1, 1)
    assert {found["quick"].worst, found["careful"].worst} == {3}
    assert {found["quick"].best, found["careful"].best} == {2}
