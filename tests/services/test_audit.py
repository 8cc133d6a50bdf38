"""The audit passes on what the services wrote, and names every kind of tampering."""

from collections.abc import Callable
from contextlib import nullcontext

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from tanggap.domain.lifecycle import Action, Status
from tanggap.models import Identity, Report
from tanggap.models.guard_prints import PRINTS
from tanggap.models.rights import RIGHTS
from tanggap.models.triggers import TRIGGERS
from tanggap.services import audit, guards, keys, vault
from tests import make
from tests.rights import owning

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_owner() -> Callable[[str], None]:
    """Run a statement as somebody who owns the database and has switched the triggers off."""

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE tanggap_event DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE tanggap_eventtext DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE tanggap_report DISABLE TRIGGER USER")
            cursor.execute(statement)
            for table, names in _ALWAYS.items():
                for name in names:
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
            cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.DATABASE_ROLE)).as_string())

    return run


_ALWAYS: dict[str, list[str]] = {}
for _name, _table in TRIGGERS.items():
    _ALWAYS.setdefault(_table, []).append(_name)
_ALWAYS.pop("tanggap_attachment")


@pytest.fixture
def reports() -> list[Report]:
    made = [make.report(status=status) for status in Status]
    made.append(make.report(status=Status.ASSIGNED, is_confidential=True))
    made.append(make.act(make.report(status=Status.ANSWERED), Action.REPORTER_REPLY))
    return made


def test_what_the_services_wrote_is_in_order(reports):
    tally = audit.audit(now=make.NOW)
    assert tally.reports == Report.objects.count() > len(reports)  # the parts of the one that was divided
    assert tally.events > tally.reports


def _removal(seq: int) -> str:
    event = f"(SELECT id FROM tanggap_event WHERE report_id = {{id}} AND seq = {seq})"
    return (
        f"DELETE FROM tanggap_eventtext WHERE event_id = {event};"
        f"DELETE FROM tanggap_message WHERE event_id = {event};"
        f"DELETE FROM tanggap_event WHERE report_id = {{id}} AND seq = {seq}"
    )


TAMPERING = {
    "a changed code": (
        "UPDATE tanggap_event SET data = jsonb_set(data, '{channel}', '\"sms\"') WHERE report_id = {id} AND seq = 1",
        "event 1 was changed",
    ),
    "a changed actor": (
        "UPDATE tanggap_event SET role = 'national_admin' WHERE report_id = {id} AND seq = 2",
        "event 2 was changed",
    ),
    "a back-dated act": (
        "UPDATE tanggap_event SET acted_at = acted_at - interval '1 day' WHERE report_id = {id} AND seq = 3",
        "event 3 was changed",
    ),
    "one changed byte of a hash": (
        "UPDATE tanggap_event SET hash = set_byte(hash, 0, 255 - get_byte(hash, 0)) WHERE report_id = {id} AND seq = 2",
        "event 2 was changed",
    ),
    "a changed word": (
        "UPDATE tanggap_eventtext SET text = text || '!' WHERE field = 'body' "
        "AND event_id = (SELECT id FROM tanggap_event WHERE report_id = {id} AND seq = 1)",
        "'body' of event 1 was changed",
    ),
    "a removed middle event": (_removal(2), "event 2 is missing"),
    "a removed last event": (_removal(4), "4 events were written, 3 are there"),
    "another status": (
        "UPDATE tanggap_report SET status = 'withdrawn' WHERE id = {id}",
        "status is 'withdrawn', the events say 'closed'",
    ),
    "a better rating": ("UPDATE tanggap_report SET rating = 5 WHERE id = {id}", "rating is 5"),
    "more time": (
        "UPDATE tanggap_deadline SET due_at = due_at + interval '9 days' WHERE report_id = {id} AND clock = 'resolve'",
        "clock resolve 1: due_at",
    ),
    "a nicer publication": (
        "UPDATE tanggap_publication SET title = 'Semua baik' WHERE report_id = {id}",
        "publication: title",
    ),
    "a publication that vanished": ("DELETE FROM tanggap_publication WHERE report_id = {id}", "publication is missing"),
    "a bent counter": (
        "UPDATE tanggap_deskdelta SET n = 2 WHERE id = (SELECT min(id) FROM tanggap_deskdelta)",
        "counter",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_named(how, as_owner):
    make.submit()
    closed = make.report(status=Status.CLOSED)
    statement, said = TAMPERING[how]
    as_owner(statement.replace("{id}", str(closed.pk)))
    with pytest.raises(audit.AuditError, match=said) as caught:
        audit.audit(now=make.NOW)
    if how != "a bent counter":
        assert closed.number in str(caught.value)


def test_every_trigger_of_ours_is_looked_at():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'tanggap%'"
        )
        assert dict(cursor.fetchall()) == TRIGGERS


@pytest.mark.parametrize("trigger", sorted(TRIGGERS))
def test_a_trigger_that_is_switched_off_is_named(trigger):
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"ALTER TABLE {TRIGGERS[trigger]} DISABLE TRIGGER {trigger}")
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")
    with pytest.raises(audit.AuditError, match=trigger):
        audit.audit(now=make.NOW)


def test_what_the_guards_say_is_what_a_new_database_makes():
    """After a migration that makes or changes one: the lines that `models/guard_prints.py` should hold."""
    with connection.cursor() as cursor:
        stand = {place: guard.checksum for place, guard in guards.stand(cursor).items()}
    lines = [f'    "{place}": "{stand[place]}",' for place in sorted(stand) if PRINTS.get(place) != stand[place]]
    assert stand == PRINTS, "\n".join(["put into PRINTS:", *lines, f"take out: {sorted(PRINTS.keys() - stand)}"])


_EMPTIED = "LANGUAGE plpgsql AS $$ BEGIN RETURN coalesce(NEW, OLD); END $$"
_REMADE = (
    "DROP TRIGGER event_append_only ON tanggap_event;"
    "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON tanggap_event FOR EACH ROW {};"
    "ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_append_only"
)
EMPTIED = {
    "a function that lets everything through": (
        f"CREATE OR REPLACE FUNCTION tanggap_refuse() RETURNS trigger {_EMPTIED}",
        "function tanggap_refuse was changed",
    ),
    "a function that another one calls": (
        "ALTER FUNCTION tanggap_report_counts SECURITY DEFINER",
        "function tanggap_report_counts was changed",
    ),
    "a trigger that never fires": (
        _REMADE.format("WHEN (false) EXECUTE FUNCTION tanggap_refuse()"),
        "trigger event_append_only on tanggap_event was changed",
    ),
    "a function of the same name elsewhere": (
        f"CREATE SCHEMA other; CREATE FUNCTION other.tanggap_refuse() RETURNS trigger {_EMPTIED};"
        "SET search_path = other, public;" + _REMADE.format("EXECUTE FUNCTION tanggap_refuse()"),
        "trigger event_append_only on tanggap_event was changed",
    ),
    "a trigger that fires for fewer acts": (
        "CREATE OR REPLACE TRIGGER eventtext_no_delete BEFORE INSERT ON tanggap_eventtext "
        "FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();"
        "ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_no_delete",
        "trigger eventtext_no_delete on tanggap_eventtext was changed",
    ),
    "a trigger that went to another table": (
        "DROP TRIGGER event_append_only ON tanggap_event;"
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON tanggap_note "
        "FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();",
        "trigger event_append_only on",  # it is missing here, and there is none of ours
    ),
    "a second function that takes the calls": (
        "CREATE FUNCTION tanggap_report_counts(r text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "function tanggap_report_counts was changed",
    ),
    "a trigger that is none of ours": (
        "CREATE TRIGGER a_softener BEFORE UPDATE ON tanggap_report "
        "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "trigger a_softener on tanggap_report is none of this version",
    ),
    "a function that is none of ours": (
        f"CREATE FUNCTION tanggap_let_through() RETURNS trigger {_EMPTIED}",
        "function tanggap_let_through is none of this version",
    ),
}


@pytest.mark.parametrize("how", EMPTIED)
def test_a_guard_that_was_emptied_is_named_by_its_place(how):
    statement, said = EMPTIED[how]
    with owning(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    with pytest.raises(audit.AuditError) as caught:
        audit.audit(now=make.NOW)
    assert [line for line in str(caught.value).splitlines() if said in line] == str(caught.value).splitlines()


def test_everything_that_was_bent_is_named_and_the_guard_that_was_taken_away_for_it(as_owner):
    bent = [make.report(status=Status.CLOSED) for _ in range(2)]
    untouched = make.report(status=Status.CLOSED)
    for report in bent:
        as_owner(f"UPDATE tanggap_report SET rating = 5 WHERE id = {report.pk}")
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("ALTER TABLE tanggap_event DISABLE TRIGGER event_append_only")
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")
    with pytest.raises(audit.AuditError, match="event_append_only") as caught:
        audit.audit(now=make.NOW)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert all(any(report.number in line for line in lines) for report in bent)
    assert untouched.number not in str(caught.value)


@pytest.mark.parametrize(
    ("right", "table"),
    [
        ("UPDATE", "tanggap_event"),
        ("DELETE", "tanggap_identity"),
        ("TRUNCATE", "tanggap_publication"),
        ("UPDATE (has_email)", "tanggap_identity"),
        ("UPDATE (role)", "tanggap_appointment"),
        ("UPDATE (notice)", "tanggap_message"),
        ("INSERT", "tanggap_agency"),
        ("UPDATE (number)", "tanggap_report"),
    ],
)
def test_a_right_that_the_program_does_not_need_is_named(right, table):
    with owning(), connection.cursor() as cursor:
        cursor.execute(f"GRANT {right} ON {table} TO {settings.DATABASE_ROLE}")
    with pytest.raises(audit.AuditError, match=f"right to {right.split()[0]} on {table}"):
        audit.audit(now=make.NOW)


def test_the_rights_of_every_table_are_written_down():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        assert {name for (name,) in cursor.fetchall()} == set(RIGHTS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tanggap_identity SET has_email = NOT has_email",
        "UPDATE tanggap_contacthash SET hash = sha256('x')",
        "UPDATE tanggap_eventtext SET text = NULL, salt = NULL, erased_at = now()",
        "UPDATE tanggap_attachment SET erased_at = now()",
        "UPDATE tanggap_message SET created_at = now()",
        "UPDATE tanggap_message SET user_id = NULL",
        "DELETE FROM tanggap_message",
        "UPDATE tanggap_appointment SET role = 'national_admin', unit_id = NULL",
        "DELETE FROM tanggap_appointment",
        "UPDATE tanggap_user SET username = 'x'",
        "DELETE FROM tanggap_signinday",
        "UPDATE tanggap_agency SET name = 'x'",
        "INSERT INTO tanggap_policy DEFAULT VALUES",
        "UPDATE tanggap_timelimit SET count = 99",
        "DELETE FROM tanggap_namedparty",
        "UPDATE tanggap_intake SET key_hash = sha256('x')",
        "UPDATE tanggap_prepared SET fingerprint = ''",
    ],
)
def test_the_program_may_not_do_what_no_service_of_it_does(statement):
    make.report(status=Status.ASSIGNED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(Exception, match="permission denied") as caught:
            cursor.execute(statement)
        assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("moment", ["NULL", "now()", "now() - interval '9 years'"])
@pytest.mark.parametrize("who", ["application", "owner"])
def test_a_confirmation_of_an_address_stays_as_it_was(moment, who):
    report = make.submit()
    vault.confirm_email(report.pk, email_hash=keys.lookup_hash("email", make.PERSON.email), now=make.NOW)
    statement = f"UPDATE tanggap_identity SET email_confirmed_at = {moment} WHERE report_id = %s"
    with (
        owning() if who == "owner" else nullcontext(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="confirmed once"),
        transaction.atomic(),
    ):
        cursor.execute(statement, [report.pk])
    assert Identity.objects.get(report=report).email_confirmed_at == make.NOW


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tanggap_event SET seq = 9",
        "DELETE FROM tanggap_event",
        "TRUNCATE tanggap_event CASCADE",
        "DELETE FROM tanggap_report",
        "UPDATE tanggap_eventtext SET text = 'x'",
        "DELETE FROM tanggap_eventtext",
        "UPDATE tanggap_report SET number = '0000-0000'",
    ],
)
@pytest.mark.parametrize("who", ["application", "owner"])
def test_the_database_refuses_to_rewrite_the_record_for_everyone(statement, who):
    make.report(status=Status.ASSIGNED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if who == "owner":
            cursor.execute("SET ROLE NONE")
        with pytest.raises(Exception, match=r"append-only|permission denied|only be erased|do not change") as caught:
            cursor.execute(statement)
        assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_a_text_can_be_erased_with_its_salt_and_the_chain_still_holds():
    closed = make.submit()
    with owning(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tanggap_eventtext SET text = NULL, salt = NULL, erased_at = now() "
            "WHERE event_id IN (SELECT id FROM tanggap_event WHERE report_id = %s)",
            [closed.pk],
        )
    audit.audit(now=make.NOW)


VAULT = {
    "taken out": ("DELETE FROM tanggap_identity WHERE report_id = {id}", "identity was taken out"),
    "exchanged": (
        "UPDATE tanggap_identity SET sealed = '\\x00' WHERE report_id = {id}",
        "identity was exchanged",
    ),
}


@pytest.mark.parametrize("how", VAULT)
def test_an_identity_that_is_taken_out_of_the_vault_is_named(how):
    report = make.submit()
    statement, said = VAULT[how]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(Exception, match=r"append-only|never exchanged|permission denied"), transaction.atomic():
            cursor.execute(statement.replace("{id}", str(report.pk)))
        cursor.execute("SET ROLE NONE")
        cursor.execute("ALTER TABLE tanggap_identity DISABLE TRIGGER USER")
        cursor.execute(statement.replace("{id}", str(report.pk)))
        cursor.execute("ALTER TABLE tanggap_identity ENABLE ALWAYS TRIGGER identity_guarded")
        cursor.execute("ALTER TABLE tanggap_identity ENABLE ALWAYS TRIGGER identity_no_delete")
        cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")
    with pytest.raises(audit.AuditError, match=said):
        audit.audit(now=make.NOW)
