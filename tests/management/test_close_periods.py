"""The command that makes the next version of a closed period, and says so."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tanggap.models import FrozenPeriod
from tests import facts, make

pytestmark = pytest.mark.django_db


def _close(*arguments: str) -> str:
    said = StringIO()
    call_command("close_periods", *arguments, stdout=said)
    return said.getvalue().strip()


def test_a_period_gets_its_next_version_for_a_reason_and_none_where_nothing_differs():
    facts.count(facts.row(make.agency().pk))
    assert _close("2020-07") == "2020-07 v1"
    assert _close("2020-07", "--reason", "sekali lagi") == "No figure differs: no version was made."
    facts.count(facts.row(make.agency().pk))
    assert _close("2020-07", "--reason", "surat susulan") == "2020-07 v2"
    assert list(FrozenPeriod.objects.order_by("version").values_list("reason", flat=True)) == ["", "surat susulan"]
    assert _close("--revise") == "No figure differs: no version was made."


@pytest.mark.parametrize("period", ["2999-01", "x"])
def test_what_is_not_over_or_no_period_is_refused(period):
    with pytest.raises(CommandError):
        _close(period)
