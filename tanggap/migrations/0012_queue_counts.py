"""Count by queue: in which capacity, taken by whom, come back or not (ADR 0026)."""

from django.db import migrations

FORWARD = """
-- As what an office has to do with a report, and all that it is counted by: trigger, desk and audit read this alone.
CREATE FUNCTION tanggap_report_counts(r tanggap_report)
RETURNS TABLE (capacity text, agency_id bigint, unit_id bigint, assignee_id bigint, status text,
               is_overdue boolean, came_back boolean)
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN QUERY
    SELECT 'owner', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    IF r.offered_agency_id IS NOT NULL THEN
        RETURN QUERY SELECT 'offered', r.offered_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    IF r.is_disputed THEN
        RETURN QUERY SELECT 'disputed', r.owner_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    IF r.supervisory THEN
        RETURN QUERY SELECT 'supervisory', r.owner_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    RETURN QUERY
    SELECT 'former', had, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.former_agency_ids) AS had;
END $$;

CREATE OR REPLACE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.assignee_id, NEW.status, NEW.is_overdue, NEW.came_back,
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory)
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory) THEN
            RETURN NULL;
        END IF;
        INSERT INTO tanggap_deskdelta
            (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
            SELECT part.*, -1 FROM tanggap_report_counts(OLD) AS part;
    END IF;
    INSERT INTO tanggap_deskdelta
        (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
        SELECT part.*, 1 FROM tanggap_report_counts(NEW) AS part;
    RETURN NULL;
END $$;

-- What came back before this was counted: the last of the acts that say so, as `domain.case` reads them.
UPDATE tanggap_report AS r SET came_back = true
WHERE r.status NOT IN ('closed', 'archived', 'withdrawn') AND (
    SELECT e.kind FROM tanggap_event AS e
    WHERE e.report_id = r.id AND e.kind IN (
        'return', 'return_to_admin', 'appeal', 'supply_data', 'reporter_reply', 'reopen',
        'verify_and_assign', 'manage_self', 'assign_to_unit', 'request_data', 'follow_up', 'answer',
        'accept_transfer', 'decide_owner')
    ORDER BY e.seq DESC LIMIT 1
) IN ('return', 'return_to_admin', 'appeal', 'supply_data', 'reporter_reply', 'reopen');

-- The counts anew, by all that they are counted by from now on.
DELETE FROM tanggap_deskdelta;
DELETE FROM tanggap_deskcount;
INSERT INTO tanggap_deskcount (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
    SELECT part.*, count(*) FROM tanggap_report AS r, LATERAL tanggap_report_counts(r) AS part
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP FUNCTION tanggap_report_counts(tanggap_report);
DELETE FROM tanggap_deskdelta;
DELETE FROM tanggap_deskcount;
"""


class Migration(migrations.Migration):
    """The trigger, and the counts anew."""

    dependencies = [("tanggap", "0011_queues")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
