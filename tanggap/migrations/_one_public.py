"""Tables of what is public: publications, the record that proves them, the map, open data, figures."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='Publication',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='tanggap.report')),
            ('number', models.CharField(max_length=9, unique=True)),
            ('is_stub', models.BooleanField(default=False)),
            ('title', models.TextField(blank=True, default='')),
            ('body', models.TextField(blank=True, default='')),
            ('answers', models.TextField(blank=True, default='')),
            ('location', models.TextField(blank=True, default='')),
            ('classification', models.TextField()),
            ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
            ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.area')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ('status', models.TextField()),
            ('is_open', models.BooleanField()),
            ('is_returned', models.BooleanField(default=False)),
            ('is_extended', models.BooleanField(default=False)),
            ('outcome', models.TextField(blank=True, default='')),
            ('outcome_on', models.DateField(null=True)),
            ('archive_reason', models.TextField(blank=True, default='')),
            ('event_date', models.DateField(null=True)),
            ('received_at', models.DateTimeField()),
            ('published_at', models.DateTimeField()),
            ('answered_at', models.DateTimeField(null=True)),
            ('closed_at', models.DateTimeField(null=True)),
            ('due_at', models.DateTimeField(null=True)),
            ('due_clock', models.TextField(blank=True, default='')),
            ('answered_in_time', models.BooleanField(null=True)),
            ('verified_in_time', models.BooleanField(null=True)),
            ('rating', models.SmallIntegerField(null=True)),
            ('solved', models.TextField(blank=True, default='')),
            ('reopen_count', models.SmallIntegerField(default=0)),
            ('support_count', models.IntegerField(db_default=0, default=0)),
            ('cluster', models.BigIntegerField(null=True)),
            ('moderated_at', models.DateTimeField(null=True)),
            ('moderation', models.TextField(blank=True, default='')),
            ('moderation_reason', models.TextField(blank=True, default='')),
            ('timeline', models.JSONField(default=list)),
            ('clocks', models.JSONField(default=list)),
            ('files', models.JSONField(default=list)),
            ('updated_at', models.DateTimeField()),
            ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='indonesian', weight='A'), '||', django.contrib.postgres.search.SearchVector('body', 'answers', config='indonesian', weight='B'), django.contrib.postgres.search.SearchConfig('indonesian')), '||', django.contrib.postgres.search.SearchVector('title', 'body', 'answers', config='simple', weight='C'), django.contrib.postgres.search.SearchConfig('indonesian')), output_field=django.contrib.postgres.search.SearchVectorField())),
        ],
        options={
            'indexes': [
                django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='publication_search'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['-published_at', '-id'], name='publication_newest'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['agency', '-published_at', '-id'], name='publication_agency'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['category', '-published_at', '-id'], name='publication_category'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['area', '-published_at', '-id'], name='publication_area', opclasses=['text_pattern_ops', 'timestamptz_ops', 'int8_ops']),
                models.Index(condition=models.Q(('is_stub', False)), fields=['received_at', 'id'], name='publication_received'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['agency', 'received_at', 'id'], name='publication_received_by'),
                models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['agency', 'due_at', 'id'], name='publication_late'),
                models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['agency', '-answered_at', '-id'], name='publication_answered'),
                models.Index(condition=models.Q(('is_stub', False), ('support_count__gt', 0)), fields=['-support_count', '-id'], name='publication_supported'),
                models.Index(condition=models.Q(('cluster__isnull', False)), fields=['cluster'], name='publication_cluster'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['unit', '-published_at', '-id'], name='publication_unit'),
                models.Index(condition=models.Q(('is_stub', False)), fields=['status', '-published_at', '-id'], name='publication_status'),
                models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['unit', 'due_at', 'id'], name='publication_late_unit'),
                models.Index(condition=models.Q(('is_stub', False), models.Q(('outcome', ''), _negated=True)), fields=['outcome', '-published_at', '-id'], name='publication_outcome'),
                models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['due_at', 'id'], name='publication_late_all'),
                models.Index(condition=models.Q(('moderated_at__isnull', False)), fields=['-moderated_at', '-id'], name='publication_moderated'),
                models.Index(condition=models.Q(('moderated_at__isnull', False)), fields=['agency', '-moderated_at', '-id'], name='publication_moderated_by'),
                models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['answered_at', 'answered_in_time'], name='publication_in_time'),
                models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['agency', 'answered_at'], include=('answered_in_time', 'received_at'), name='publication_answer_spans'),
                models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['unit', '-answered_at', '-id'], include=('answered_in_time', 'received_at'), name='publication_answered_unit'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('is_stub', False), models.Q(('answers', ''), ('body', ''), ('files', []), ('location', ''), ('timeline', []), ('title', '')), _connector='OR'), name='publication_stub_is_empty'),
            ],
        },
    ),
    migrations.CreateModel(
        name='LogEntry',
        fields=[
            ('log_index', models.BigIntegerField(primary_key=True, serialize=False)),
            ('event_id', models.BigIntegerField(null=True, unique=True)),
            ('nonce', models.BinaryField(max_length=16, null=True)),
            ('hash', models.BinaryField(max_length=32)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('event_id__isnull', False), ('nonce__isnull', True)), models.Q(('event_id__isnull', True), ('nonce__isnull', False)), _connector='OR'), name='log_entry_event_or_filler'),
            ],
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
            'constraints': [
                models.UniqueConstraint(fields=('height', 'place'), name='log_node_once'),
            ],
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
            ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.recordkey')),
            ('own_signature', models.BinaryField(max_length=64)),
            ('signature', models.BinaryField(max_length=64, null=True)),
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
            ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.recordkey')),
            ('signature', models.BinaryField(max_length=64)),
        ],
    ),
    migrations.CreateModel(
        name='ModerationMonth',
        fields=[
            ('month', models.DateField(primary_key=True, serialize=False)),
            ('counts', models.JSONField(default=dict)),
        ],
    ),
    migrations.CreateModel(
        name='MapCount',
        fields=[
            ('code', models.TextField(primary_key=True, serialize=False)),
            ('level', models.TextField()),
            ('published', models.IntegerField()),
            ('open', models.IntegerField()),
            ('late', models.IntegerField()),
            ('counted_at', models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name='GoneOut',
        fields=[
            ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='tanggap.report')),
            ('missed_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(condition=models.Q(('missed_at__isnull', False)), fields=['missed_at'], name='gone_out_missed'),
            ],
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
            'indexes': [
                models.Index(fields=['received_on', 'report'], name='indicator_fact_day'),
                models.Index(condition=models.Q(('changes_at__isnull', False)), fields=['changes_at'], name='indicator_fact_due'),
            ],
        },
    ),
    migrations.CreateModel(
        name='IndicatorDue',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report_id', models.BigIntegerField()),
        ],
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
            'indexes': [
                models.Index(fields=['kind', 'period'], name='indicator_cell_period'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'place', 'period'), name='indicator_cell_once'),
            ],
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
            'indexes': [
                models.Index(fields=['kind', 'period'], name='secret_cell_period'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'place', 'period'), name='secret_cell_once'),
            ],
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
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'place', 'period', 'family'), name='secret_count_once'),
                models.CheckConstraint(condition=models.Q(('n__gte', 5)), name='secret_count_is_large_enough'),
            ],
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
            'constraints': [
                models.CheckConstraint(condition=models.Q(('id', 1)), name='indicator_state_is_one'),
            ],
        },
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
            'constraints': [
                models.UniqueConstraint(fields=('period', 'version'), name='frozen_period_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='FrozenFigures',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('frozen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='tanggap.frozenperiod')),
            ('kind', models.TextField()),
            ('place', models.TextField(blank=True, default='')),
            ('figures', models.JSONField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('frozen', 'kind', 'place'), name='frozen_figures_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='PeriodDue',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('period', models.CharField(max_length=7, unique=True)),
            ('reason', models.TextField()),
        ],
    ),
]
