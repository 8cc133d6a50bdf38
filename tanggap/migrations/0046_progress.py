"""When a report in progress last moved, and whether that is too long ago."""

from django.db import migrations, models


# What is in progress moved last with its newest act of an office that everybody sees, or when its status changed.
SINCE = """
UPDATE tanggap_report AS report SET progress_at = (
    SELECT event.acted_at FROM tanggap_event AS event
    WHERE event.report_id = report.id AND (
        event.to_status <> event.from_status
        OR (event.visibility = 'public' AND event.role IN (
            'unit_admin', 'liaison_officer', 'internal_auditor', 'agency_admin', 'national_admin'))
    ) ORDER BY event.seq DESC LIMIT 1
) WHERE report.status = 'in_progress'
"""


class Migration(migrations.Migration):
    """Two columns, filled from the events."""

    dependencies = [
        ('tanggap', '0045_formal_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='is_stale',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='report',
            name='progress_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('is_stale', True)), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_stale'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('is_stale', False), ('progress_at__isnull', False)), fields=['progress_at', 'id'], name='report_standing'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('is_stale', False), ('progress_at__isnull', False), _connector='OR'), name='report_stale_is_in_progress'),
        ),
    ]
