"""Tables that the desk works with: queues, search, drafts, notes, memos, many reports at once."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='DeskCount',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('capacity', models.TextField(default='owner')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('status', models.TextField()),
            ('is_overdue', models.BooleanField()),
            ('came_back', models.BooleanField(default=False)),
            ('n', models.BigIntegerField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('agency', 'capacity', 'unit', 'assignee', 'status', 'is_overdue', 'came_back'), name='desk_count_once', nulls_distinct=False),
            ],
        },
    ),
    migrations.CreateModel(
        name='DeskDelta',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('capacity', models.TextField(default='owner')),
            ('agency_id', models.BigIntegerField()),
            ('unit_id', models.BigIntegerField(null=True)),
            ('assignee_id', models.BigIntegerField(null=True)),
            ('status', models.TextField()),
            ('is_overdue', models.BooleanField()),
            ('came_back', models.BooleanField(default=False)),
            ('n', models.SmallIntegerField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency_id'], name='desk_delta_agency'),
            ],
        },
    ),
    migrations.CreateModel(
        name='DeskSearch',
        fields=[
            ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='desk_search', serialize=False, to='tanggap.report')),
            ('words', django.contrib.postgres.search.SearchVectorField(null=True)),
        ],
        options={
            'indexes': [
                django.contrib.postgres.indexes.GinIndex(fields=['words'], name='desk_search_words'),
                models.Index(condition=models.Q(('words__isnull', True)), fields=['report'], name='desk_search_stale'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Draft',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='tanggap.report')),
            ('place', models.TextField()),
            ('values', models.JSONField()),
            ('seen', models.IntegerField()),
            ('page', models.TextField(blank=True, default='')),
            ('saved_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['user', '-saved_at', '-id'], name='draft_own_newest'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('user', 'report', 'place'), name='draft_one_each'),
            ],
        },
    ),
    migrations.CreateModel(
        name='UnsentForm',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('form_key', models.TextField()),
            ('key_version', models.IntegerField()),
            ('wrapped_key', models.BinaryField()),
            ('sealed', models.BinaryField()),
            ('kept_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['kept_at'], name='unsent_form_kept'),
                models.Index(fields=['key_version'], name='unsent_form_key_version'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('user', 'form_key'), name='unsent_form_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Note',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='tanggap.report')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('audience', models.TextField()),
            ('text', models.TextField()),
            ('created_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['report', '-id'], name='note_of_report'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('audience__in', ['agency', 'unit', 'all'])), name='note_audience_known'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Mention',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='tanggap.note')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('read_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['user', '-id'], name='mention_of_user'),
                models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='mention_unread'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('note', 'user'), name='mention_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='MemoRule',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('mode', models.TextField()),
            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('decided_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-id'], name='memo_rule_newest'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('mode__in', ['off', 'grave', 'always'])), name='memo_mode_known'),
            ],
        },
    ),
    migrations.CreateModel(
        name='MemoNumber',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memo_numbers', to='tanggap.report')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('year', models.SmallIntegerField()),
            ('serial', models.IntegerField(null=True)),
            ('number', models.TextField()),
            ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('given_at', models.DateTimeField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('unit', 'year', 'number'), name='memo_number_once'),
                models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('unit', 'year', 'serial'), name='memo_serial_once'),
                models.CheckConstraint(condition=models.Q(('number__gt', '')), name='memo_number_says_something'),
            ],
        },
    ),
    migrations.CreateModel(
        name='BulkJob',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('key', models.CharField(max_length=32, unique=True)),
            ('kind', models.TextField()),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('role', models.TextField()),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('asked', models.JSONField(default=dict)),
            ('state', models.TextField(default='queued')),
            ('total', models.IntegerField(default=0)),
            ('done', models.IntegerField(default=0)),
            ('created_at', models.DateTimeField()),
            ('finished_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['user', '-created_at'], name='bulk_job_of_user'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='bulk_job_state_known'),
                models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['queued', 'running'])), models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), _connector='OR'), name='bulk_job_over_has_an_end'),
            ],
        },
    ),
    migrations.CreateModel(
        name='BulkLine',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='tanggap.bulkjob')),
            ('position', models.IntegerField()),
            ('number', models.CharField(max_length=9)),
            ('state', models.TextField(default='waiting')),
            ('reason', models.TextField(blank=True, default='')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'refused', 'undone', 'kept'])), name='bulk_line_state_known'),
                models.UniqueConstraint(fields=('job', 'position'), name='bulk_line_position_once'),
                models.UniqueConstraint(fields=('job', 'number'), name='bulk_line_report_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ReportTag',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='tanggap.report')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('word', models.CharField(max_length=40)),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', 'word', 'report'], name='report_tag_word'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('report', 'agency', 'word'), name='report_tag_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ImportLine',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='tanggap.bulkjob')),
            ('position', models.IntegerField()),
            ('place', models.BigIntegerField()),
            ('state', models.TextField()),
            ('number', models.CharField(blank=True, default='', max_length=9)),
            ('faults', models.JSONField(default=list)),
        ],
        options={
            'indexes': [
                models.Index(fields=['job', 'state', 'position'], name='import_line_state'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state__in', ['good', 'bad', 'known', 'changed', 'done', 'refused'])), name='import_line_state_known'),
                models.UniqueConstraint(fields=('job', 'position'), name='import_line_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='AccessLog',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('at', models.DateTimeField()),
            ('kind', models.TextField()),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('role', models.TextField()),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('reason', models.TextField()),
            ('detail', models.JSONField(default=dict)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-at', '-id'], name='access_log_agency'),
            ],
        },
    ),
    migrations.CreateModel(
        name='SavedView',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('key', models.CharField(max_length=16, unique=True)),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('name', models.TextField()),
            ('said', models.JSONField()),
            ('is_shared', models.BooleanField(default=False)),
            ('created_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', 'unit', 'name'], name='saved_view_office'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('owner', 'agency', 'unit', 'name'), name='saved_view_name_once', nulls_distinct=False),
            ],
        },
    ),
    migrations.CreateModel(
        name='Template',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='tanggap.unit')),
            ('kind', models.TextField()),
            ('name', models.TextField()),
            ('text', models.TextField()),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(null=True)),
            ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('changed_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', 'name', 'id'], name='template_by_name'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'answer', 'data_request', 'return', 'archive'])), name='template_kind_known'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='template_ends_after_it_begins'),
                models.UniqueConstraint(fields=('agency', 'unit', 'kind', 'name'), name='template_name_once', nulls_distinct=False),
            ],
        },
    ),
    migrations.CreateModel(
        name='Presence',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
            ('since', models.DateTimeField()),
            ('seen_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['seen_at'], name='presence_seen'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('report', 'user'), name='presence_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ToldApart',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
            ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('at', models.DateTimeField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('report', 'other', 'agency'), name='told_apart_once'),
                models.CheckConstraint(condition=models.Q(('report_id__lt', models.F('other_id'))), name='told_apart_in_order'),
            ],
        },
    ),
]
