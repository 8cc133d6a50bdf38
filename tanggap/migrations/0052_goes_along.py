"""Of reports that are handled together, the lead alone is work (ADR 0042)."""

from django.db import migrations, models

# The functions of the counts, whole again.
_PARTS = """
-- As what an office has to do with a report, and all that it is counted by: trigger, desk and audit read this alone.
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
    IF r.held_answer_by_id IS NOT NULL THEN
        RETURN QUERY
        SELECT 'held', r.owner_agency_id, NULL::bigint, r.held_answer_by_id, r.status, r.is_overdue, false;
    END IF;
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
    RETURN QUERY
    SELECT 'supporting', helps, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_agency_ids) AS helps;
    RETURN QUERY
    SELECT 'supporting', r.owner_agency_id, helps, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_unit_ids) AS helps;
    IF r.memo_state IN ('submitted', 'checked', 'returned') THEN
        RETURN QUERY
        SELECT 'memo', r.owner_agency_id, r.owner_unit_id, r.memo_by_id, r.status, r.is_overdue,
               r.memo_state = 'returned';
    END IF;
    {along}
END $$;

-- A delta per change, folded by a job, so that no two writers wait for one row.
CREATE OR REPLACE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.assignee_id, NEW.status, NEW.is_overdue, NEW.came_back,
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory,
            NEW.is_confidential, NEW.held_answer_by_id, NEW.supporting_agency_ids, NEW.supporting_unit_ids, NEW.memo_state, NEW.memo_by_id{new})
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory,
            OLD.is_confidential, OLD.held_answer_by_id, OLD.supporting_agency_ids, OLD.supporting_unit_ids, OLD.memo_state, OLD.memo_by_id{old}) THEN
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
_ALONG = """IF r.goes_along THEN
        RETURN QUERY
        SELECT 'along', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    END IF;"""

# A member goes along while it stands where its lead stands and nothing came back to it alone. Whatever writes one of
# them, this follows in the same transaction; all of a cluster are locked before.
_FOLLOW = """
CREATE FUNCTION tanggap_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tanggap_report SET goes_along = false WHERE id = NEW.id AND goes_along AND cluster_lead_id IS NULL;
    UPDATE tanggap_report AS member SET goes_along = NOT member.goes_along
    FROM tanggap_report AS lead
    WHERE lead.id = member.cluster_lead_id AND (member.id = NEW.id OR member.cluster_lead_id = NEW.id)
        AND member.goes_along <> (member.status = lead.status
            AND member.owner_agency_id = lead.owner_agency_id
            AND member.owner_unit_id IS NOT DISTINCT FROM lead.owner_unit_id
            AND member.assignee_id IS NOT DISTINCT FROM lead.assignee_id
            AND (lead.came_back OR NOT member.came_back));
    RETURN NULL;
END $$;
CREATE TRIGGER report_goes_along
    AFTER UPDATE OF status, owner_agency_id, owner_unit_id, assignee_id, came_back, cluster_lead_id, member_count
    ON tanggap_report FOR EACH ROW
    WHEN (NEW.cluster_lead_id IS NOT NULL OR OLD.cluster_lead_id IS NOT NULL OR NEW.member_count > 0)
    EXECUTE FUNCTION tanggap_goes_along();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_goes_along;
UPDATE tanggap_report SET status = status WHERE cluster_lead_id IS NOT NULL;
"""
_UNFOLLOW = """
UPDATE tanggap_report SET goes_along = false WHERE goes_along;
DROP FUNCTION tanggap_goes_along() CASCADE;
"""


class Migration(migrations.Migration):
    """The column, the trigger that keeps it, and what is counted by it."""

    dependencies = [("tanggap", "0051_desk_indexes")]

    operations = [
        migrations.AddField("report", "goes_along", models.BooleanField(default=False)),
        migrations.RunSQL(
            _PARTS.format(along=_ALONG, new=", NEW.goes_along", old=", OLD.goes_along") + _FOLLOW,
            _UNFOLLOW + _PARTS.format(along="", new="", old=""),
        ),
    ]
