"""Count secret reports apart from the others, as a capacity of their own (ADR 0031)."""

from django.db import migrations

_PARTS = """
CREATE OR REPLACE FUNCTION tanggap_report_counts(r tanggap_report)
RETURNS TABLE (capacity text, agency_id bigint, unit_id bigint, assignee_id bigint, status text,
               is_overdue boolean, came_back boolean)
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN QUERY
    SELECT 'owner', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    {secret}
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
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory{new})
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory{old}) THEN
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

_SECRET = """IF r.is_confidential THEN
        RETURN QUERY SELECT 'secret', r.owner_agency_id, r.owner_unit_id, NULL::bigint, r.status, r.is_overdue, false;
    END IF;"""

# What there is already of it; nobody writes reports while a migration runs.
_COUNT = """
LOCK TABLE tanggap_report IN SHARE MODE;
INSERT INTO tanggap_deskcount (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
    SELECT part.*, count(*) FROM tanggap_report AS r, LATERAL tanggap_report_counts(r) AS part
    WHERE part.capacity = 'secret' GROUP BY 1, 2, 3, 4, 5, 6, 7;
"""
_FORGET = """
DELETE FROM tanggap_deskdelta WHERE capacity = 'secret';
DELETE FROM tanggap_deskcount WHERE capacity = 'secret';
"""


class Migration(migrations.Migration):
    """A capacity of the counts, and the trigger that fills it."""

    dependencies = [("tanggap", "0017_second_look")]

    operations = [
        migrations.RunSQL(
            _PARTS.format(secret=_SECRET, new=", NEW.is_confidential", old=", OLD.is_confidential") + _COUNT,
            _PARTS.format(secret="", new="", old="") + _FORGET,
        )
    ]
