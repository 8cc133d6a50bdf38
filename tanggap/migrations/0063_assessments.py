"""Rounds of self-assessment: forms, acts, scores and files, and three codes of the administration log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE TRIGGER assessmentact_append_only BEFORE UPDATE OR DELETE ON tanggap_assessmentact
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER assessmentact_no_truncate BEFORE TRUNCATE ON tanggap_assessmentact
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER assessmentpoint_append_only BEFORE UPDATE OR DELETE ON tanggap_assessmentpoint
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER assessmentpoint_no_truncate BEFORE TRUNCATE ON tanggap_assessmentpoint
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_assessmentact ENABLE ALWAYS TRIGGER assessmentact_append_only;
ALTER TABLE tanggap_assessmentact ENABLE ALWAYS TRIGGER assessmentact_no_truncate;
ALTER TABLE tanggap_assessmentpoint ENABLE ALWAYS TRIGGER assessmentpoint_append_only;
ALTER TABLE tanggap_assessmentpoint ENABLE ALWAYS TRIGGER assessmentpoint_no_truncate;
"""


class Migration(migrations.Migration):
    """Five tables; what was done and scored in them is only added to."""

    dependencies = [
        ('tanggap', '0062_record'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='draft', max_length=12)),
                ('act_count', models.PositiveIntegerField(default=0)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('total', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('grade', models.CharField(blank=True, default='', max_length=12)),
                ('aspects', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('role', models.CharField(max_length=30)),
                ('text', models.TextField(blank=True, default='')),
                ('data', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=50)),
                ('size', models.PositiveIntegerField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=12)),
                ('criterion', models.CharField(max_length=40)),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('remark', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_code', models.CharField(max_length=40)),
                ('form_version', models.PositiveSmallIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='administrationentry',
            name='administration_kind_known',
        ),
        migrations.AddConstraint(
            model_name='administrationentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'invitation_withdrawn', 'invited', 'memo_mode', 'office_ended', 'office_given', 'password_set', 'round_closed', 'round_extended', 'round_opened', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='tanggap.agency'),
        ),
        migrations.AddField(
            model_name='assessmentact',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentact',
            name='office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency'),
        ),
        migrations.AddField(
            model_name='assessmentfile',
            name='act',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.assessmentact'),
        ),
        migrations.AddField(
            model_name='assessmentfile',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentpoint',
            name='act',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='tanggap.assessmentact'),
        ),
        migrations.AddField(
            model_name='assessmentpoint',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='tanggap.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentround',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='tanggap.agency'),
        ),
        migrations.AddField(
            model_name='assessmentround',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='tanggap.assessmentround'),
        ),
        migrations.AddConstraint(
            model_name='assessmentact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['save', 'attach', 'detach', 'submit', 'score', 'tell', 'object', 'decide'])), name='assessment_act_known'),
        ),
        migrations.AddConstraint(
            model_name='assessmentact',
            constraint=models.UniqueConstraint(fields=('assessment', 'seq'), name='assessment_act_in_order'),
        ),
        migrations.AddIndex(
            model_name='assessmentfile',
            index=models.Index(fields=['assessment', 'criterion'], name='assessment_file'),
        ),
        migrations.AddIndex(
            model_name='assessmentpoint',
            index=models.Index(fields=['assessment', 'side', 'criterion', '-id'], name='assessment_point_newest'),
        ),
        migrations.AddConstraint(
            model_name='assessmentpoint',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['agency', 'evaluator'])), name='assessment_side_known'),
        ),
        migrations.AddConstraint(
            model_name='assessmentpoint',
            constraint=models.UniqueConstraint(fields=('act', 'criterion'), name='assessment_point_once_an_act'),
        ),
        migrations.AddConstraint(
            model_name='assessmentround',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='round_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='assessmentround',
            constraint=models.UniqueConstraint(fields=('body', 'form_code', 'year'), name='round_once_a_year'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['agency', '-id'], name='assessment_agency'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'assessing', 'told', 'objected', 'decided'])), name='assessment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('round', 'agency'), name='assessment_once_a_round'),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
