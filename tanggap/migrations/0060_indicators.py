"""What the indicators are read from, a note of each report that something was written of, and guards (ADR 0057)."""

import django.db.models.deletion
from django.db import migrations, models

_FORWARD = """
-- One row for each report and statement; a job reads its facts anew and takes the row away.
CREATE FUNCTION tanggap_indicator_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tanggap_indicatordue (report_id) SELECT DISTINCT report_id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER event_indicated AFTER INSERT ON tanggap_event
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tanggap_indicator_due();
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_indicated;
-- What was there before is read by the job, too.
INSERT INTO tanggap_indicatordue (report_id) SELECT id FROM tanggap_report ORDER BY id;

-- A figure that was published stays what it was; a correction is a version beside it.
CREATE TRIGGER frozenperiod_append_only BEFORE UPDATE OR DELETE ON tanggap_frozenperiod
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER frozenperiod_no_truncate BEFORE TRUNCATE ON tanggap_frozenperiod
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER frozenfigures_append_only BEFORE UPDATE OR DELETE ON tanggap_frozenfigures
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER frozenfigures_no_truncate BEFORE TRUNCATE ON tanggap_frozenfigures
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_frozenperiod ENABLE ALWAYS TRIGGER frozenperiod_append_only;
ALTER TABLE tanggap_frozenperiod ENABLE ALWAYS TRIGGER frozenperiod_no_truncate;
ALTER TABLE tanggap_frozenfigures ENABLE ALWAYS TRIGGER frozenfigures_append_only;
ALTER TABLE tanggap_frozenfigures ENABLE ALWAYS TRIGGER frozenfigures_no_truncate;
"""
_BACKWARD = """
DROP FUNCTION tanggap_indicator_due() CASCADE;
DROP TRIGGER frozenperiod_append_only ON tanggap_frozenperiod;
DROP TRIGGER frozenperiod_no_truncate ON tanggap_frozenperiod;
DROP TRIGGER frozenfigures_append_only ON tanggap_frozenfigures;
DROP TRIGGER frozenfigures_no_truncate ON tanggap_frozenfigures;
"""


class Migration(migrations.Migration):
    """Tables, triggers, and all reports to be read."""

    dependencies = [
        ('tanggap', '0059_public_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndicatorDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='PeriodDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7, unique=True)),
                ('reason', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='FrozenPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('version', models.SmallIntegerField()),
                ('closed_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('formulas', models.TextField()),
                ('checksum', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'version'), name='frozen_period_once')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('place', models.TextField(blank=True, default='')),
                ('period', models.CharField(max_length=10)),
                ('tally', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'period'], name='indicator_cell_period')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'place', 'period'), name='indicator_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorFact',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='indicator_fact', serialize=False, to='tanggap.report')),
                ('event_count', models.IntegerField()),
                ('version', models.SmallIntegerField()),
                ('received_on', models.DateField()),
                ('is_secret', models.BooleanField()),
                ('facts', models.JSONField()),
                ('changes_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['received_on', 'report'], name='indicator_fact_day'), models.Index(condition=models.Q(('changes_at__isnull', False)), fields=['changes_at'], name='indicator_fact_due')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorState',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('formulas', models.TextField()),
                ('computed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='indicator_state_is_one')],
            },
        ),
        migrations.CreateModel(
            name='SecretCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('place', models.TextField(blank=True, default='')),
                ('period', models.CharField(max_length=10)),
                ('tally', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'period'], name='secret_cell_period')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'place', 'period'), name='secret_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='SecretCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('place', models.TextField(blank=True, default='')),
                ('period', models.CharField(max_length=7)),
                ('family', models.TextField()),
                ('n', models.IntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'place', 'period', 'family'), name='secret_count_once'), models.CheckConstraint(condition=models.Q(('n__gte', 5)), name='secret_count_is_large_enough')],
            },
        ),
        migrations.CreateModel(
            name='FrozenFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('place', models.TextField(blank=True, default='')),
                ('figures', models.JSONField()),
                ('frozen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='tanggap.frozenperiod')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('frozen', 'kind', 'place'), name='frozen_figures_once')],
            },
        ),
        migrations.RunSQL(_FORWARD, _BACKWARD),
    ]
