"""The public log of moderation: the last act on each publication, and counts of months that are over (ADR 0058)."""

from django.db import migrations, models


# What `domain.moderation.last` says of what was published before.
_ARCHIVED = """
UPDATE tanggap_publication p SET moderation = 'archived', moderation_reason = p.archive_reason, moderated_at = e.acted_at
FROM (SELECT DISTINCT ON (report_id) report_id, acted_at FROM tanggap_event WHERE kind = 'archive'
      ORDER BY report_id, seq DESC) e
WHERE e.report_id = p.report_id AND p.is_stub AND p.archive_reason <> ''
"""
_REDACTED = """
UPDATE tanggap_publication p SET moderation = 'redacted', moderated_at = e.acted_at, moderation_reason =
  CASE e.ground WHEN 'abusive' THEN 'abusive' WHEN 'accusation' THEN 'accusation' ELSE 'personal' END
FROM (SELECT DISTINCT ON (report_id) report_id, acted_at, seq, data->>'ground' AS ground FROM tanggap_event
      WHERE kind = 'redact' ORDER BY report_id, seq DESC) e
WHERE e.report_id = p.report_id
  AND NOT EXISTS (SELECT 1 FROM tanggap_event a WHERE a.report_id = p.report_id AND a.kind = 'archive' AND a.seq > e.seq
                  AND p.moderation = 'archived')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0060_indicators'),
    ]

    operations = [
        migrations.CreateModel(
            name='ModerationMonth',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False)),
                ('counts', models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name='publication',
            name='moderated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='publication',
            name='moderation',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='publication',
            name='moderation_reason',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('moderated_at__isnull', False)), fields=['-moderated_at', '-id'], name='publication_moderated'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('moderated_at__isnull', False)), fields=['agency', '-moderated_at', '-id'], name='publication_moderated_by'),
        ),
        migrations.RunSQL(_ARCHIVED, migrations.RunSQL.noop),
        migrations.RunSQL(_REDACTED, migrations.RunSQL.noop),
    ]
