"""Same answers are counted by one index, however many answers there are."""

import pytest
from django.db import connection

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import AnswerPrint
from tanggap.selectors import answers
from tests import make

pytestmark = pytest.mark.django_db


def test_other_reports_are_counted_once_and_only_lately():
    first, second = (make.report(status=Status.ASSIGNED) for _ in range(2))
    make.act(first, Action.ANSWER)
    print_ = bytes(AnswerPrint.objects.get(report=first).print)
    assert answers.same(second, print_, since=make.NOW) == 1
    assert answers.same(second, print_, since=make.NOW + make.DAY) == 0
    assert answers.same(first, print_, since=make.NOW) == 0, "a report is no copy of itself"


def test_the_index_answers_the_whole_question():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {answers._SAME}", [make.agency().pk, b"x" * 32, make.NOW, 1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using answer_print_same" in plan
    (condition,) = [line for line in plan.splitlines() if "Index Cond" in line]
    for column in ("agency_id", "print", "answered_at"):
        assert column in condition, plan
