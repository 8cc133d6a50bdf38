"""Every row of the life cycle has a door: a form, a page or a job; what has none is work to do."""

from tanggap.domain.actors import DESK, WATCHERS, Role
from tanggap.domain.lifecycle import TRANSITIONS, Action, Need
from tanggap.web.public.tracking_acts import DEEDS as OF_THE_REPORTER
from tanggap.web.workbench.deeds import DEEDS as OF_OFFICERS
from tanggap.web.workbench.deeds import FIELD_OF_NEED

# Not done in a form of the desk, but on a page of their own: views_secret, views_together.
TOGETHER = {Action.MERGE, Action.UNMERGE, Action.TAKE_IN, Action.LET_GO}
ON_A_PAGE = {Action.OPEN_IDENTITY, Action.OPEN_ORIGINAL} | TOGETHER
# On the page of a report in web/oversight.
OF_OVERSEERS = {Action.NUDGE, Action.OPEN_HANDOVER, Action.ASK_REOPEN}
OF_OVERSEERS |= {Action.ACCEPT_HANDOVER, Action.DECLINE_HANDOVER}
# services.closing, leaving, parts, escalation, handing_over, in the periodic jobs; recomputation, by `./run recompute`.
BY_THE_SYSTEM = {Action.AUTO_CLOSE, Action.DATA_DEADLINE_PASSED, Action.DISPUTE, Action.RECOMPUTE, Action.HAND_OVER}
BY_THE_SYSTEM |= {Action.LIFT, Action.ASK_SCHEDULE, Action.ESCALATE, Action.ENTRUST, Action.RELEASE}
# services.followers, after an act of the reporter.
BY_THE_SYSTEM |= {Action.UNMERGE, Action.LET_GO}
# By `./run erase-identity`, where a reporter asked the operator.
BY_THE_SYSTEM |= {Action.ERASE_IDENTITY}
BY_THE_SYSTEM |= {Action.CLOSE_PARTS, Action.REOPEN_PARTS}
# services.copies, after an act on one copy of the reporter's words.
BY_THE_SYSTEM |= {Action.SET_VISIBILITY, Action.REDACT}
# Nothing of the table waits for a later part.
LATER: set[Action] = set()
# Never chosen: an answer becomes it where the closing guard holds it.
OF_THE_GUARD = {Action.HOLD_ANSWER}
REPORTERS = {action for deed in OF_THE_REPORTER.values() for action in deed.actions}
# Asked in another way than by one field: findings to answer, boxes, stars.
ASKED_OTHERWISE = {Need.CHECKS, Need.VISIBILITY, Need.RATING}


def _doors(role):
    if role == Role.REPORTER:
        return REPORTERS | {Action.EDIT}  # on a page of its own: views_edit
    if role in WATCHERS:
        return OF_OVERSEERS
    return set(OF_OFFICERS) | ON_A_PAGE | OF_THE_GUARD if role in DESK else BY_THE_SYSTEM


def test_whoever_may_do_something_has_a_door_for_it():
    for row in TRANSITIONS:
        for role in row.roles:
            assert row.action in _doors(role) | LATER, f"{row.code}: {role} may {row.action} and finds no door"


def test_no_door_leads_nowhere():
    known = {action: {role for row in TRANSITIONS if row.action == action for role in row.roles} for action in Action}
    assert all(Role.REPORTER in known[action] for action in REPORTERS)
    assert all(known[action] & WATCHERS for action in OF_OVERSEERS)
    assert all(known[action] & DESK for action in set(OF_OFFICERS) | ON_A_PAGE)
    assert all(Role.SYSTEM in known[action] for action in BY_THE_SYSTEM)
    assert not LATER & (REPORTERS | set(OF_OFFICERS) | ON_A_PAGE | BY_THE_SYSTEM)


def test_every_action_has_a_row():
    assert {row.action for row in TRANSITIONS} | {Action.SUBMIT, Action.IMPORT} == set(Action)


def test_what_a_row_needs_is_asked_for_in_its_form():
    for row in (row for row in TRANSITIONS if row.action in OF_OFFICERS):
        for need in row.needs - ASKED_OTHERWISE:
            fields = OF_OFFICERS[row.action].form.base_fields
            assert FIELD_OF_NEED[need] in fields, f"{row.code} needs {need}, and its form does not ask"
