"""Whose word a report waits for, what its reporter calls unsolved, what came back refused (ADR 0078)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Given to another office; a merge that was undone gave the report back with what waited.
# As `domain.awaited` and `domain.case` read the chains: what is written here is what the next act would write.
_MOVED = """(e.data ? 'owner' AND e.kind <> 'unmerge' AND NOT (e.kind = 'merge' AND EXISTS (
                SELECT FROM tanggap_event AS u WHERE u.report_id = e.report_id AND u.seq > e.seq
                AND u.kind = 'unmerge' AND u.data ? 'owner')))"""
FORWARD = """
WITH asked AS (
    -- To be archived: until a new owner or work answers it.
    SELECT p.report_id, 'admin' AS decider, p.user_id AS asked_by
    FROM tanggap_event AS p JOIN tanggap_report AS r ON r.id = p.report_id
    WHERE p.kind = 'propose_archive' AND p.user_id IS NOT NULL AND r.status IN ('unverified', 'assigned')
        AND NOT EXISTS (
            SELECT FROM tanggap_event AS e WHERE e.report_id = p.report_id AND e.seq > p.seq
            AND ({moved} OR e.to_status NOT IN ('unverified', 'assigned')))
    UNION ALL
    -- To be given back by the unit.
    SELECT p.report_id, 'unit', NULL::bigint
    FROM tanggap_event AS p JOIN tanggap_report AS r ON r.id = p.report_id
    WHERE p.kind = 'propose_return' AND r.status = 'assigned'
        AND NOT EXISTS (
            SELECT FROM tanggap_event AS e WHERE e.report_id = p.report_id AND e.seq > p.seq
            AND ({moved} OR e.to_status <> 'assigned'
                OR e.kind IN ('accept_assignment', 'follow_up', 'answer', 'request_data')))
    UNION ALL
    -- More time.
    SELECT p.report_id, CASE WHEN r.extension_count > 0 THEN 'national' ELSE 'admin' END, p.user_id
    FROM tanggap_event AS p JOIN tanggap_report AS r ON r.id = p.report_id
    WHERE p.kind = 'request_extension' AND r.status NOT IN ('closed', 'archived', 'withdrawn')
        AND NOT EXISTS (
            SELECT FROM tanggap_event AS e WHERE e.report_id = p.report_id AND e.seq > p.seq
            AND (e.to_status IN ('closed', 'archived', 'withdrawn')
                OR e.kind IN ('grant_extension', 'refuse_extension', 'answer', 'accept_transfer', 'decide_owner',
                    'hand_to_ppid', 'request_extension')))
    UNION ALL
    -- Deeds that are proposed: until they are done, decided about or idle; a look at an identity until it is decided.
    SELECT p.report_id, said.decider, CASE WHEN said.decider <> 'unit' THEN p.user_id END
    FROM tanggap_event AS p
    CROSS JOIN LATERAL (SELECT p.data -> 'proposal' ->> 'kind' AS kind) AS what
    CROSS JOIN LATERAL unnest(CASE
        WHEN what.kind = 'request_data' THEN ARRAY['unit']
        WHEN what.kind = 'open_identity' AND p.role = 'agency_admin' THEN ARRAY['admin', 'national']
        ELSE ARRAY['admin'] END) AS said (decider)
    CROSS JOIN LATERAL (
        SELECT o.data -> 'owner' AS had FROM tanggap_event AS o
        WHERE o.report_id = p.report_id AND o.seq < p.seq AND o.data ? 'owner' ORDER BY o.seq DESC LIMIT 1
    ) AS before
    WHERE p.kind = 'propose' AND p.user_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM tanggap_event AS e WHERE e.report_id = p.report_id AND e.seq > p.seq AND (
                (e.data ->> 'decides')::int = p.seq
                OR (e.kind = 'propose' AND e.user_id = p.user_id AND e.data -> 'proposal' ->> 'kind' = what.kind)
                OR (e.data ? 'owner' AND e.data -> 'owner' -> 'agency' IS DISTINCT FROM before.had -> 'agency')
                OR (what.kind <> 'open_identity' AND (
                    e.kind = what.kind
                    OR (e.data ? 'owner' AND e.data -> 'owner' IS DISTINCT FROM before.had)
                    OR NOT e.to_status = ANY (CASE WHEN what.kind = 'request_data'
                        THEN ARRAY['unverified', 'assigned', 'in_progress'] ELSE ARRAY['assigned', 'in_progress'] END)))))
    UNION ALL
    -- Refused by the agency that it was offered to.
    SELECT p.report_id, 'admin', 0
    FROM tanggap_event AS p JOIN tanggap_report AS r ON r.id = p.report_id
    WHERE p.kind = 'refuse_transfer' AND r.status NOT IN ('closed', 'archived', 'withdrawn')
        AND NOT EXISTS (
            SELECT FROM tanggap_event AS e WHERE e.report_id = p.report_id AND e.seq > p.seq
            AND ({moved} OR e.to_status IN ('closed', 'archived', 'withdrawn')
                OR e.kind IN ('verify_and_assign', 'manage_self', 'assign_to_unit', 'request_data', 'follow_up', 'answer',
                    'accept_transfer', 'decide_owner', 'transfer', 'dispute', 'refuse_transfer')))
), said AS (
    SELECT report_id, string_agg(DISTINCT decider, ' ' ORDER BY decider) AS deciders,
        CASE WHEN count(DISTINCT asked_by) = 1 THEN nullif(min(asked_by), 0) END AS asked_by
    FROM asked GROUP BY report_id
)
UPDATE tanggap_report AS r SET deciders = said.deciders, decision_asked_by_id = said.asked_by
FROM said WHERE said.report_id = r.id;

-- What its reporter calls unsolved, until it is answered.
UPDATE tanggap_report AS r SET is_objected = true
WHERE r.status NOT IN ('closed', 'archived', 'withdrawn') AND EXISTS (
    SELECT FROM tanggap_event AS p
    WHERE p.report_id = r.id AND p.role = 'reporter' AND p.kind IN ('reporter_reply', 'reopen') AND NOT EXISTS (
        SELECT FROM tanggap_event AS e WHERE e.report_id = r.id AND e.seq > p.seq
        AND (e.kind = 'answer' OR e.to_status IN ('closed', 'archived', 'withdrawn'))));

-- It came back from an agency that refused it, and went again by the next offer.
WITH last AS (
    SELECT DISTINCT ON (e.report_id) e.report_id, e.seq, e.kind
    FROM tanggap_event AS e JOIN tanggap_report AS r ON r.id = e.report_id
    WHERE r.status NOT IN ('closed', 'archived', 'withdrawn') AND e.kind IN (
        'return', 'return_to_admin', 'appeal', 'supply_data', 'reporter_reply', 'reopen',
        'verify_and_assign', 'manage_self', 'assign_to_unit', 'request_data', 'follow_up', 'answer',
        'accept_transfer', 'decide_owner', 'refuse_transfer')
    ORDER BY e.report_id, e.seq DESC
)
UPDATE tanggap_report AS r SET came_back = NOT EXISTS (
    SELECT FROM tanggap_event AS e
    WHERE e.report_id = r.id AND e.seq > last.seq AND e.kind IN ('transfer', 'dispute'))
FROM last WHERE last.report_id = r.id AND last.kind = 'refuse_transfer';
""".replace("{moved}", _MOVED)


class Migration(migrations.Migration):
    """Three columns of a projection, filled from the chains, and two indexes."""

    dependencies = [
        ('tanggap', '0076_month_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='deciders',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='report',
            name='decision_asked_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='is_objected',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('is_objected', True)), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_objected'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('deciders__gt', '')), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_to_decide'),
        ),
    ]
