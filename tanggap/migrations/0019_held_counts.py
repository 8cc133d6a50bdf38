"""Count the answers that wait for a second look beside the secret reports: each capacity as the other one left it."""

from django.db import migrations

_PARTS = """
CREATE OR REPLACE FUNCTION tanggap_report_counts(r tanggap_report)
RETURNS TABLE (capacity text, agency_id bigint, unit_id bigint, assignee_id bigint, status text,
               is_overdue boolean, came_back boolean)
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN QUERY
    SELECT 'owner', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    IF r.is_confidential THEN
        RETURN QUERY SELECT 'secret', r.owner_agency_id, r.owner_unit_id, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    {held}
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
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory,
            NEW.is_confidential{new})
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory,
            OLD.is_confidential{old}) THEN
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
"""

_HELD = """IF r.held_answer_by_id IS NOT NULL THEN
        RETURN QUERY
        SELECT 'held', r.owner_agency_id, NULL::bigint, r.held_answer_by_id, r.status, r.is_overdue, false;
    END IF;"""

# What was held while this was not counted, and nothing twice.
_FORGET = """
LOCK TABLE tanggap_report IN SHARE MODE;
DELETE FROM tanggap_deskdelta WHERE capacity = 'held';
DELETE FROM tanggap_deskcount WHERE capacity = 'held';
"""
_COUNT = (
    _FORGET
    + """
INSERT INTO tanggap_deskcount (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
    SELECT part.*, count(*) FROM tanggap_report AS r, LATERAL tanggap_report_counts(r) AS part
    WHERE part.capacity = 'held' GROUP BY 1, 2, 3, 4, 5, 6, 7;
"""
)


class Migration(migrations.Migration):
    """The trigger of the counts, whole again."""

    dependencies = [("tanggap", "0018_secret_counts")]

    operations = [
        migrations.RunSQL(
            _PARTS.format(held=_HELD, new=", NEW.held_answer_by_id", old=", OLD.held_answer_by_id") + _COUNT,
            _PARTS.format(held="", new="", old="") + _FORGET,
        )
    ]
