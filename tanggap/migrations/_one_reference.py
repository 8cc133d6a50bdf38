"""Tables of what is loaded from files: areas, agencies, categories, limits, calendar."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='ReferenceLoad',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('fingerprint', models.TextField()),
            ('loaded_at', models.DateTimeField()),
            ('changes', models.JSONField()),
        ],
        options={
            'ordering': ['id'],
        },
    ),
    migrations.CreateModel(
        name='Area',
        fields=[
            ('code', models.TextField(primary_key=True, serialize=False)),
            ('name', models.TextField()),
            ('level', models.TextField()),
            ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tanggap.area')),
            ('code_book', models.TextField()),
            ('valid_from', models.DateField(blank=True, null=True)),
            ('valid_to', models.DateField(blank=True, null=True)),
            ('latitude', models.FloatField(blank=True, null=True)),
            ('longitude', models.FloatField(blank=True, null=True)),
            ('population', models.IntegerField(blank=True, null=True)),
            ('area_km2', models.FloatField(blank=True, null=True)),
            ('postal_code', models.TextField(blank=True, default='')),
        ],
        options={
            'indexes': [
                models.Index(fields=['level', 'name'], name='area_level_name'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('level', 'province'), ('parent__isnull', True)), models.Q(models.Q(('level', 'province'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='area_has_a_parent_unless_province'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='area_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Agency',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('slug', models.SlugField(max_length=80, unique=True)),
            ('name', models.TextField()),
            ('short_name', models.TextField(blank=True, default='')),
            ('kind', models.TextField()),
            ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='tanggap.area')),
            ('timezone', models.TextField(default='Asia/Jakarta')),
            ('address', models.TextField(blank=True, default='')),
            ('responsible_office', models.TextField(blank=True, default='')),
            ('website', models.TextField(blank=True, default='')),
            ('email', models.TextField(blank=True, default='')),
            ('phone', models.TextField(blank=True, default='')),
            ('is_synthetic', models.BooleanField(default=False)),
            ('source', models.TextField(blank=True, default='')),
            ('edited_at', models.DateTimeField(blank=True, null=True)),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
        ],
        options={
            'verbose_name_plural': 'agencies',
            'constraints': [
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agency_ends_after_it_begins'),
                models.UniqueConstraint(condition=models.Q(('kind', 'national'), ('valid_to__isnull', True)), fields=('kind',), name='agency_one_national_queue'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Unit',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='tanggap.agency')),
            ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subunits', to='tanggap.unit')),
            ('slug', models.SlugField(max_length=80)),
            ('name', models.TextField()),
            ('short_name', models.TextField(blank=True, default='')),
            ('kind', models.TextField()),
            ('website', models.TextField(blank=True, default='')),
            ('is_synthetic', models.BooleanField(default=False)),
            ('source', models.TextField(blank=True, default='')),
            ('edited_at', models.DateTimeField(blank=True, null=True)),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('agency', 'slug'), name='unit_slug_once_in_an_agency'),
                models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_is_not_its_own_parent'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='OversightEdge',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('overseer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversees', to='tanggap.agency')),
            ('overseen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overseen_by', to='tanggap.agency')),
            ('basis', models.TextField()),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('overseer', 'overseen'), name='oversight_once_at_a_time'),
                models.CheckConstraint(condition=models.Q(('overseer', models.F('overseen')), _negated=True), name='oversight_is_of_another'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='oversight_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='CategoryGroup',
        fields=[
            ('code', models.TextField(primary_key=True, serialize=False)),
            ('name', models.TextField()),
            ('name_en', models.TextField()),
            ('position', models.SmallIntegerField()),
        ],
        options={
            'ordering': ['position', 'code'],
        },
    ),
    migrations.CreateModel(
        name='Category',
        fields=[
            ('code', models.TextField(primary_key=True, serialize=False)),
            ('name', models.TextField()),
            ('name_en', models.TextField(blank=True, default='')),
            ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tanggap.category')),
            ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='tanggap.categorygroup')),
            ('sp4n_id', models.IntegerField(blank=True, null=True)),
            ('active_from', models.DateField()),
            ('active_to', models.DateField(blank=True, null=True)),
            ('default_authority', models.TextField(blank=True, default='')),
            ('suggest_supervisory', models.BooleanField(default=False)),
            ('suggest_confidential', models.BooleanField(default=False)),
        ],
        options={
            'verbose_name_plural': 'categories',
            'constraints': [
                models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('code')), _negated=True), _connector='OR'), name='category_is_not_its_own_parent'),
                models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='category_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RoutingRule',
        fields=[
            ('code', models.TextField(primary_key=True, serialize=False)),
            ('position', models.SmallIntegerField()),
            ('words', models.TextField()),
            ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
            ('authority', models.TextField(blank=True, default='')),
            ('agency', models.TextField(blank=True, default='')),
            ('province_unit', models.TextField(blank=True, default='')),
            ('regency_unit', models.TextField(blank=True, default='')),
            ('reason', models.TextField()),
            ('reason_en', models.TextField()),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
        ],
        options={
            'ordering': ['position', 'code'],
        },
    ),
    migrations.CreateModel(
        name='Policy',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('code', models.TextField()),
            ('version', models.IntegerField()),
            ('basis', models.TextField()),
            ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='tanggap.agency')),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
            ('inherits', models.TextField(blank=True, default='')),
        ],
        options={
            'verbose_name_plural': 'policies',
            'constraints': [
                models.UniqueConstraint(fields=('code', 'version'), name='policy_version_once'),
                models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='policy_version_counts_from_one'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='policy_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ExtensionRule',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
            ('is_on', models.BooleanField()),
            ('ground', models.TextField()),
            ('decided_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-id'], name='extension_rule_newest'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('ground__gt', '')), name='extension_rule_says_why'),
            ],
        },
    ),
    migrations.CreateModel(
        name='TimeLimit',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='tanggap.policy')),
            ('clock', models.TextField()),
            ('classification', models.TextField(blank=True, default='')),
            ('supervisory', models.BooleanField(blank=True, null=True)),
            ('count', models.IntegerField()),
            ('unit', models.TextField()),
            ('article', models.TextField()),
            ('basis', models.TextField()),
            ('since', models.DateField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('policy', 'clock', 'classification', 'supervisory'), name='time_limit_once', nulls_distinct=False),
                models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='time_limit_counts'),
            ],
        },
    ),
    migrations.CreateModel(
        name='CalendarVersion',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('made_at', models.DateTimeField()),
            ('source', models.TextField()),
            ('reason', models.TextField()),
            ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
        ],
        options={
            'ordering': ['id'],
        },
    ),
    migrations.CreateModel(
        name='CalendarDay',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='tanggap.agency')),
            ('day', models.DateField()),
            ('name', models.TextField()),
            ('kind', models.TextField()),
            ('source', models.TextField()),
            ('since_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='begins', to='tanggap.calendarversion')),
            ('until_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='tanggap.calendarversion')),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', 'day'], name='calendar_day_lookup'),
            ],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('until_version__isnull', True)), fields=('agency', 'day'), name='calendar_day_once', nulls_distinct=False),
                models.CheckConstraint(condition=models.Q(('until_version__isnull', True), ('until_version__gt', models.F('since_version')), _connector='OR'), name='calendar_day_ends_after_it_begins'),
            ],
        },
    ),
]
