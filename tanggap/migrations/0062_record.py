"""The log over all chains of events, the tree over it, keys and checkpoints: append-only as events are (ADR 0060)."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER logentry_append_only BEFORE UPDATE OR DELETE ON tanggap_logentry
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER logentry_no_truncate BEFORE TRUNCATE ON tanggap_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_logentry ENABLE ALWAYS TRIGGER logentry_append_only;
ALTER TABLE tanggap_logentry ENABLE ALWAYS TRIGGER logentry_no_truncate;
CREATE TRIGGER lognode_append_only BEFORE UPDATE OR DELETE ON tanggap_lognode
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER lognode_no_truncate BEFORE TRUNCATE ON tanggap_lognode
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_lognode ENABLE ALWAYS TRIGGER lognode_append_only;
ALTER TABLE tanggap_lognode ENABLE ALWAYS TRIGGER lognode_no_truncate;
CREATE TRIGGER recordkey_append_only BEFORE UPDATE OR DELETE ON tanggap_recordkey
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER recordkey_no_truncate BEFORE TRUNCATE ON tanggap_recordkey
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_recordkey ENABLE ALWAYS TRIGGER recordkey_append_only;
ALTER TABLE tanggap_recordkey ENABLE ALWAYS TRIGGER recordkey_no_truncate;
CREATE TRIGGER checkpoint_append_only BEFORE UPDATE OR DELETE ON tanggap_checkpoint
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON tanggap_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_checkpoint ENABLE ALWAYS TRIGGER checkpoint_append_only;
ALTER TABLE tanggap_checkpoint ENABLE ALWAYS TRIGGER checkpoint_no_truncate;
"""


class Migration(migrations.Migration):
    """Four tables and their guards."""

    dependencies = [
        ('tanggap', '0061_moderation'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('log_index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(null=True, unique=True)),
                ('nonce', models.BinaryField(max_length=16, null=True)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('event_id__isnull', False), ('nonce__isnull', True)), models.Q(('event_id__isnull', True), ('nonce__isnull', False)), _connector='OR'), name='log_entry_event_or_filler')],
            },
        ),
        migrations.CreateModel(
            name='LogNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('height', models.SmallIntegerField()),
                ('place', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('height', 'place'), name='log_node_once')],
            },
        ),
        migrations.CreateModel(
            name='RecordKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16, unique=True)),
                ('public', models.BinaryField(max_length=32)),
                ('origin', models.TextField()),
                ('since', models.DateTimeField()),
                ('own_signature', models.BinaryField(max_length=64)),
                ('signature', models.BinaryField(max_length=64, null=True)),
                ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.recordkey')),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('origin', models.TextField()),
                ('previous_hash', models.BinaryField(max_length=32, null=True)),
                ('signature', models.BinaryField(max_length=64)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.recordkey')),
            ],
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
