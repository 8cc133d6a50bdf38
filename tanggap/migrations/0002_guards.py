"""What must hold whatever the code does: append-only events, nothing deleted, counts kept by the database (ADR 0010, 0012)."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Events are for ever. ENABLE ALWAYS: they fire in replica mode too.
CREATE FUNCTION tanggap_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'tanggap: % on % is refused: the record is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON tanggap_event
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON tanggap_event
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_append_only;
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_no_truncate;

-- A text is erased together with its salt, and in no other way changed.
CREATE FUNCTION tanggap_only_erase_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
       AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.field = OLD.field THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a text of the record can only be erased' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER eventtext_only_erase BEFORE UPDATE ON tanggap_eventtext
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_erase_text();
CREATE TRIGGER eventtext_no_delete BEFORE DELETE ON tanggap_eventtext
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER eventtext_no_truncate BEFORE TRUNCATE ON tanggap_eventtext
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_only_erase;
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_no_delete;
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_no_truncate;

-- A file of the record: only its erasure may be noted.
CREATE FUNCTION tanggap_only_erase_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
       AND (NEW.id, NEW.report_id, NEW.event_id, NEW.key, NEW.sha256, NEW.salt, NEW.size)
         = (OLD.id, OLD.report_id, OLD.event_id, OLD.key, OLD.sha256, OLD.salt, OLD.size) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a file of the record can only be erased' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER attachment_only_erase BEFORE UPDATE ON tanggap_attachment
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_erase_file();
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON tanggap_attachment
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_attachment ENABLE ALWAYS TRIGGER attachment_only_erase;
ALTER TABLE tanggap_attachment ENABLE ALWAYS TRIGGER attachment_no_delete;

-- No report is deleted, and its number and beginning never change.
CREATE FUNCTION tanggap_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.number, NEW.received_at, NEW.registered_at, NEW.channel)
       IS DISTINCT FROM (OLD.id, OLD.number, OLD.received_at, OLD.registered_at, OLD.channel)
       OR NEW.event_count < OLD.event_count THEN
        RAISE EXCEPTION 'tanggap: number, dates of receipt and count of events of a report do not change'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER report_stays BEFORE UPDATE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_report_stays();
CREATE TRIGGER report_no_delete BEFORE DELETE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER report_no_truncate BEFORE TRUNCATE ON tanggap_report
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_stays;
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_no_delete;
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_no_truncate;

-- Policies, limits and calendar versions are named by deadlines, so they never change; a day of the calendar
-- only ends.
CREATE TRIGGER policy_immutable BEFORE UPDATE OR DELETE ON tanggap_policy
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER timelimit_immutable BEFORE UPDATE OR DELETE ON tanggap_timelimit
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER calendarversion_immutable BEFORE UPDATE OR DELETE ON tanggap_calendarversion
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE FUNCTION tanggap_only_end_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until_version_id IS NULL AND NEW.until_version_id IS NOT NULL
       AND (NEW.id, NEW.agency_id, NEW.day, NEW.name, NEW.kind, NEW.source, NEW.since_version_id)
       IS NOT DISTINCT FROM (OLD.id, OLD.agency_id, OLD.day, OLD.name, OLD.kind, OLD.source, OLD.since_version_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a day of the calendar only ends with a later version'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER calendarday_only_ends BEFORE UPDATE ON tanggap_calendarday
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_end_day();
CREATE TRIGGER calendarday_no_delete BEFORE DELETE ON tanggap_calendarday
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_policy ENABLE ALWAYS TRIGGER policy_immutable;
ALTER TABLE tanggap_timelimit ENABLE ALWAYS TRIGGER timelimit_immutable;
ALTER TABLE tanggap_calendarversion ENABLE ALWAYS TRIGGER calendarversion_immutable;
ALTER TABLE tanggap_calendarday ENABLE ALWAYS TRIGGER calendarday_only_ends;
ALTER TABLE tanggap_calendarday ENABLE ALWAYS TRIGGER calendarday_no_delete;

-- Counters of the desk: a delta per change, folded by a job, so that no two writers wait for one row.
CREATE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.status, NEW.is_overdue)
           IS NOT DISTINCT FROM (OLD.owner_agency_id, OLD.owner_unit_id, OLD.status, OLD.is_overdue) THEN
            RETURN NULL;
        END IF;
        INSERT INTO tanggap_deskdelta (agency_id, unit_id, status, is_overdue, n)
            VALUES (OLD.owner_agency_id, OLD.owner_unit_id, OLD.status, OLD.is_overdue, -1);
    END IF;
    INSERT INTO tanggap_deskdelta (agency_id, unit_id, status, is_overdue, n)
        VALUES (NEW.owner_agency_id, NEW.owner_unit_id, NEW.status, NEW.is_overdue, 1);
    RETURN NULL;
END $$;
CREATE TRIGGER report_counted AFTER INSERT OR UPDATE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_count_report();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_counted;
"""

BACKWARD = """
DROP TRIGGER IF EXISTS report_counted ON tanggap_report;
DROP FUNCTION IF EXISTS tanggap_count_report();
DROP FUNCTION IF EXISTS tanggap_report_stays() CASCADE;
DROP FUNCTION IF EXISTS tanggap_only_erase_file() CASCADE;
DROP FUNCTION IF EXISTS tanggap_only_erase_text() CASCADE;
DROP FUNCTION IF EXISTS tanggap_only_end_day() CASCADE;
DROP FUNCTION IF EXISTS tanggap_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    """Triggers and functions."""

    dependencies = [("tanggap", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
