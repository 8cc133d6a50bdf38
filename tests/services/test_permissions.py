"""The table of who reads what is what the walls do: every office against a report of each kind."""

import pytest

from tanggap.domain.actors import DESK, WATCHERS, Role
from tanggap.domain.lifecycle import Action
from tanggap.domain.permissions import KNOWS, READS, Access, Subject
from tanggap.domain.policy import Allowed, decide
from tanggap.domain.reasons import Reason
from tanggap.selectors import reports
from tests import make

pytestmark = pytest.mark.django_db

HIDDEN = {"is_anonymous": True, "is_confidential": True}


def test_every_role_but_the_system_has_its_row():
    assert set(READS) == set(Role) - {Role.SYSTEM}


def test_the_walls_do_what_the_table_says():
    seats = {
        Role.UNIT_ADMIN: make.unit_admin(),
        Role.LIAISON_OFFICER: make.liaison(),
        Role.AGENCY_ADMIN: make.agency_admin(),
        Role.NATIONAL_ADMIN: make.national_admin(),
        Role.INTERNAL_AUDITOR: make.auditor(),
        Role.HEAD: make.head("dpupr"),
        Role.REGIONAL_OVERSEER: make.regional_overseer("admin-nasional"),
        Role.OVERSEER: make.overseer(),
        Role.EVALUATOR: make.evaluator(),
        Role.OMBUDSMAN: make.ombudsman(),
    }
    assert set(seats) == DESK | WATCHERS
    kinds = {(Subject.REPORT, Subject.IDENTITY): {}, (Subject.SECRET, Subject.HIDDEN_IDENTITY): HIDDEN}
    wrong = []
    for (subject, identity), values in kinds.items():
        report = make.submit(**values)
        make.act(report, Action.VERIFY_AND_ASSIGN, supervisory=True)
        for role, actor in seats.items():
            try:
                reports.get(viewer=actor, number=report.number)
                knows = True
            except reports.NotFoundError:
                knows = False
            if knows != (READS[role][subject] in KNOWS):
                wrong.append(f"{role} and {subject}: knows of it is {knows}")
            case = reports.case_of(report, now=make.NOW)
            decision = decide(Action.OPEN_IDENTITY, actor=actor, case=case)
            opens = isinstance(decision, Allowed)
            if opens != (READS[role][identity] == Access.REASON):
                wrong.append(f"{role} and {identity}: opens it is {opens}")
            waits = not opens and decision.reason == Reason.NEEDS_AGREEMENT
            if waits != (READS[role][identity] == Access.AGREED):
                wrong.append(f"{role} and {identity}: waits for a second officer is {waits}")
    assert wrong == []
