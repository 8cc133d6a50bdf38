"""Who helps the office that has a report, and how much each office helps with."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

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
    {helps}
END $$;

CREATE OR REPLACE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.assignee_id, NEW.status, NEW.is_overdue, NEW.came_back,
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory,
            NEW.is_confidential, NEW.held_answer_by_id{new})
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory,
            OLD.is_confidential, OLD.held_answer_by_id{old}) THEN
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

_HELPS = """RETURN QUERY
    SELECT 'supporting', helps, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_agency_ids) AS helps;
    RETURN QUERY
    SELECT 'supporting', r.owner_agency_id, helps, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_unit_ids) AS helps;"""


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0020_drafts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='report',
            name='supporting_agency_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
        ),
        migrations.AddField(
            model_name='report',
            name='supporting_unit_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
        ),
        migrations.AddIndex(
            model_name='report',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('supporting_agency_ids', []), _negated=True), fields=['supporting_agency_ids'], name='report_helped_agency'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('supporting_unit_ids', []), _negated=True), fields=['supporting_unit_ids'], name='report_helped_unit'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'verify_and_assign', 'manage_self', 'assign_to_unit', 'accept_assignment', 'return_to_admin', 'take_back', 'hand_over', 'return', 'request_data', 'supply_data', 'data_deadline_passed', 'follow_up', 'answer', 'hold_answer', 'release_answer', 'send_back_answer', 'reporter_reply', 'confirm_done', 'auto_close', 'close_manual', 'reopen', 'propose_archive', 'archive', 'appeal', 'add_information', 'rate', 'set_visibility', 'withdraw', 'confirm_text', 'open_identity', 'open_original', 'recompute', 'transfer', 'accept_transfer', 'refuse_transfer', 'dispute', 'decide_owner', 'nudge', 'reclassify', 'take', 'entrust', 'release', 'request_extension', 'grant_extension', 'refuse_extension', 'add_support', 'end_support', 'contribute', 'support_follow_up'])), name='event_kind_known'),
        ),
        migrations.RunSQL(
            _PARTS.format(
                helps=_HELPS,
                new=", NEW.supporting_agency_ids, NEW.supporting_unit_ids",
                old=", OLD.supporting_agency_ids, OLD.supporting_unit_ids",
            ),
            _PARTS.format(helps="", new="", old=""),
        ),
    ]
