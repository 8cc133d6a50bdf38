"""Tables of what offices are told about their work: recaps, assessments, recommendations, problems."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='Recap',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('key', models.CharField(max_length=32, unique=True)),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recaps', to='tanggap.agency')),
            ('period', models.CharField(max_length=8)),
            ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('asked_at', models.DateTimeField()),
            ('signed', models.JSONField(default=dict)),
            ('state', models.CharField(default='queued', max_length=10)),
            ('reason', models.CharField(blank=True, default='', max_length=20)),
            ('done', models.SmallIntegerField(default=0)),
            ('total', models.SmallIntegerField(default=0)),
            ('content', models.JSONField(null=True)),
            ('checksum', models.CharField(blank=True, default='', max_length=64)),
            ('finished_at', models.DateTimeField(null=True)),
            ('published_at', models.DateTimeField(null=True)),
            ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-asked_at'], name='recap_agency'),
                models.Index(condition=models.Q(('published_at__isnull', False)), fields=['agency', 'period', '-finished_at'], name='recap_published'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='recap_state_known'),
                models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('agency', 'period'), name='recap_one_under_way'),
                models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('content__isnull', False), ('finished_at__isnull', False)), _connector='OR'), name='recap_done_has_content'),
                models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('state', 'done'), _connector='OR'), name='recap_published_is_done'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RecapFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('recap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.recap')),
            ('kind', models.CharField(max_length=4)),
            ('content', models.BinaryField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('recap', 'kind'), name='recap_file_once'),
                models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'xlsx'])), name='recap_file_kind_known'),
            ],
        },
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
            ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='tanggap.agency')),
            ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('opened_at', models.DateTimeField()),
            ('due_on', models.DateField()),
            ('closed_at', models.DateTimeField(null=True)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='round_ends_after_it_begins'),
                models.UniqueConstraint(fields=('body', 'form_code', 'year'), name='round_once_a_year'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Assessment',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='tanggap.assessmentround')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='tanggap.agency')),
            ('state', models.CharField(default='draft', max_length=12)),
            ('act_count', models.PositiveIntegerField(default=0)),
            ('submitted_at', models.DateTimeField(null=True)),
            ('told_at', models.DateTimeField(null=True)),
            ('total', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
            ('grade', models.CharField(blank=True, default='', max_length=12)),
            ('aspects', models.JSONField(default=dict)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-id'], name='assessment_agency'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'assessing', 'told', 'objected', 'decided'])), name='assessment_state_known'),
                models.UniqueConstraint(fields=('round', 'agency'), name='assessment_once_a_round'),
            ],
        },
    ),
    migrations.CreateModel(
        name='AssessmentAct',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.assessment')),
            ('seq', models.PositiveIntegerField()),
            ('kind', models.CharField(max_length=12)),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('role', models.CharField(max_length=30)),
            ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('text', models.TextField(blank=True, default='')),
            ('data', models.JSONField(default=dict)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['save', 'attach', 'detach', 'submit', 'score', 'tell', 'object', 'decide'])), name='assessment_act_known'),
                models.UniqueConstraint(fields=('assessment', 'seq'), name='assessment_act_in_order'),
            ],
        },
    ),
    migrations.CreateModel(
        name='AssessmentPoint',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='tanggap.assessment')),
            ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='tanggap.assessmentact')),
            ('side', models.CharField(max_length=12)),
            ('criterion', models.CharField(max_length=40)),
            ('points', models.PositiveSmallIntegerField(null=True)),
            ('remark', models.TextField(blank=True, default='')),
        ],
        options={
            'indexes': [
                models.Index(fields=['assessment', 'side', 'criterion', '-id'], name='assessment_point_newest'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('side__in', ['agency', 'evaluator'])), name='assessment_side_known'),
                models.UniqueConstraint(fields=('act', 'criterion'), name='assessment_point_once_an_act'),
            ],
        },
    ),
    migrations.CreateModel(
        name='AssessmentFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.assessment')),
            ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.assessmentact')),
            ('criterion', models.CharField(max_length=40)),
            ('key', models.CharField(max_length=64, unique=True)),
            ('sha256', models.CharField(max_length=64)),
            ('name', models.CharField(max_length=255)),
            ('media_type', models.CharField(max_length=50)),
            ('size', models.PositiveIntegerField()),
            ('withdrawn_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['assessment', 'criterion'], name='assessment_file'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Recommendation',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='tanggap.assessment')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('text', models.TextField()),
            ('criterion', models.CharField(blank=True, default='', max_length=40)),
            ('formula', models.CharField(blank=True, default='', max_length=60)),
            ('state', models.CharField(default='open', max_length=12)),
            ('due_on', models.DateField()),
            ('given_at', models.DateTimeField()),
            ('act_count', models.PositiveIntegerField(default=0)),
        ],
        options={
            'indexes': [
                models.Index(condition=models.Q(('state__in', ['done', 'withdrawn']), _negated=True), fields=['due_on', 'id'], name='recommendation_due'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['open', 'planned', 'underway', 'reported', 'done', 'withdrawn'])), name='recommendation_state_known'),
                models.CheckConstraint(condition=models.Q(('text__gt', '')), name='recommendation_says_something'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RecommendationAct',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.recommendation')),
            ('seq', models.PositiveIntegerField()),
            ('kind', models.CharField(max_length=12)),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('role', models.CharField(max_length=30)),
            ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('text', models.TextField()),
            ('due_on', models.DateField(null=True)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['give', 'plan', 'progress', 'report', 'return', 'accept', 'extend', 'withdraw'])), name='recommendation_act_known'),
                models.UniqueConstraint(fields=('recommendation', 'seq'), name='recommendation_act_in_order'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RecommendationFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.recommendationact')),
            ('key', models.CharField(max_length=64, unique=True)),
            ('sha256', models.CharField(max_length=64)),
            ('name', models.CharField(max_length=255)),
            ('media_type', models.CharField(max_length=50)),
            ('size', models.PositiveIntegerField()),
        ],
    ),
    migrations.CreateModel(
        name='Problem',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='tanggap.unit')),
            ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
            ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.area')),
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
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['open', 'planned', 'closed'])), name='problem_state_known'),
                models.UniqueConstraint(fields=('agency', 'unit', 'category', 'district'), name='problem_once', nulls_distinct=False),
                models.CheckConstraint(condition=models.Q(('done_on__isnull', False), ('state', 'open'), _connector='OR'), name='problem_plan_has_a_day'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ProblemAct',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.problem')),
            ('seq', models.PositiveIntegerField()),
            ('kind', models.CharField(max_length=12)),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('role', models.CharField(max_length=30)),
            ('cause', models.TextField(blank=True, default='')),
            ('text', models.TextField(blank=True, default='')),
            ('done_on', models.DateField(null=True)),
            ('data', models.JSONField(default=dict)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['find', 'plan', 'close', 'reopen'])), name='problem_act_known'),
                models.UniqueConstraint(fields=('problem', 'seq'), name='problem_act_in_order'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ProblemRule',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('least', models.PositiveSmallIntegerField()),
            ('months', models.PositiveSmallIntegerField()),
            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('decided_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-id'], name='problem_rule_newest'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('least__gte', 5), ('months__range', (1, 12))), name='problem_rule_is_not_too_small'),
            ],
        },
    ),
]
