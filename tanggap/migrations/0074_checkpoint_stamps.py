"""Time stamps of an outside authority over checkpoints (RFC 3161): append-only as they are (ADR 0073)."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER checkpointstamp_append_only BEFORE UPDATE OR DELETE ON tanggap_checkpointstamp
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER checkpointstamp_no_truncate BEFORE TRUNCATE ON tanggap_checkpointstamp
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_checkpointstamp ENABLE ALWAYS TRIGGER checkpointstamp_append_only;
ALTER TABLE tanggap_checkpointstamp ENABLE ALWAYS TRIGGER checkpointstamp_no_truncate;
"""


class Migration(migrations.Migration):
    """A table and its guards."""

    dependencies = [
        ('tanggap', '0073_comments'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckpointStamp',
            fields=[
                ('checkpoint', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stamp', serialize=False, to='tanggap.checkpoint')),
                ('stamped_at', models.DateTimeField()),
                ('response', models.BinaryField(max_length=65536)),
            ],
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
