"""Problems that come again, every act on them, and the rules by which they are found (ADR 0067)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER problemact_append_only BEFORE UPDATE OR DELETE ON tanggap_problemact
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER problemact_no_truncate BEFORE TRUNCATE ON tanggap_problemact
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER problemrule_append_only BEFORE UPDATE OR DELETE ON tanggap_problemrule
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER problemrule_no_truncate BEFORE TRUNCATE ON tanggap_problemrule
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_problemact ENABLE ALWAYS TRIGGER problemact_append_only;
ALTER TABLE tanggap_problemact ENABLE ALWAYS TRIGGER problemact_no_truncate;
ALTER TABLE tanggap_problemrule ENABLE ALWAYS TRIGGER problemrule_append_only;
ALTER TABLE tanggap_problemrule ENABLE ALWAYS TRIGGER problemrule_no_truncate;
"""


class Migration(migrations.Migration):
    """Three tables; acts and rules are only added to."""

    dependencies = [
        ('tanggap', '0070_missed_open_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='open', max_length=12)),
                ('least', models.PositiveSmallIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('found_at', models.DateTimeField()),
                ('cause', models.TextField(blank=True, default='')),
                ('plan', models.TextField(blank=True, default='')),
                ('done_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('counts', models.JSONField(default=dict)),
                ('counted_at', models.DateTimeField()),
                ('act_count', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='tanggap.agency')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.area')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='tanggap.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ProblemAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('role', models.CharField(max_length=30)),
                ('cause', models.TextField(blank=True, default='')),
                ('text', models.TextField(blank=True, default='')),
                ('done_on', models.DateField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.problem')),
            ],
        ),
        migrations.CreateModel(
            name='ProblemRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('least', models.PositiveSmallIntegerField()),
                ('months', models.PositiveSmallIntegerField()),
                ('decided_at', models.DateTimeField()),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'planned', 'closed'])), name='problem_state_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.UniqueConstraint(fields=('agency', 'unit', 'category', 'district'), name='problem_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', False), ('state', 'open'), _connector='OR'), name='problem_plan_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='problemact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['find', 'plan', 'close', 'reopen'])), name='problem_act_known'),
        ),
        migrations.AddConstraint(
            model_name='problemact',
            constraint=models.UniqueConstraint(fields=('problem', 'seq'), name='problem_act_in_order'),
        ),
        migrations.AddIndex(
            model_name='problemrule',
            index=models.Index(fields=['agency', '-id'], name='problem_rule_newest'),
        ),
        migrations.AddConstraint(
            model_name='problemrule',
            constraint=models.CheckConstraint(condition=models.Q(('least__gte', 5), ('months__range', (1, 12))), name='problem_rule_is_not_too_small'),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
