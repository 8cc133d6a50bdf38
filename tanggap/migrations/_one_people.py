"""Tables of who signs in, who holds which office, and what is sent to whom."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

TABLES = [
    migrations.CreateModel(
        name='User',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('password', models.CharField(max_length=128, verbose_name='password')),
            ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
            ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
            ('display_name', models.CharField(blank=True, default='', max_length=200)),
            ('email', models.EmailField(blank=True, default='', max_length=254)),
            ('language', models.CharField(default='id', max_length=5)),
            ('is_active', models.BooleanField(default=True)),
            ('is_staff', models.BooleanField(default=False)),
            ('created_at', models.DateTimeField()),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_any_case'),
                models.CheckConstraint(condition=models.Q(('language__in', ['id', 'en'])), name='user_language_known'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Appointment',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
            ('role', models.CharField(max_length=30)),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='tanggap.agency')),
            ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='tanggap.unit')),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', 'role'], name='appointment_agency_role'),
                models.Index(fields=['unit', 'role'], name='appointment_unit_role'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('role__in', ['national_admin', 'agency_admin', 'liaison_officer', 'internal_auditor', 'unit_admin', 'head', 'regional_overseer', 'overseer', 'evaluator', 'ombudsman'])), name='appointment_role_known'),
                models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['internal_auditor', 'liaison_officer', 'unit_admin']), ('unit__isnull', False)), models.Q(('role__in', ['agency_admin', 'evaluator', 'national_admin', 'ombudsman', 'overseer', 'regional_overseer']), ('unit__isnull', True)), ('role__in', ['head']), _connector='OR'), name='appointment_unit_where_the_office_has_one'),
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='appointment_ends_after_it_begins'),
                models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('user', 'role', 'agency', 'unit'), name='appointment_open_once', nulls_distinct=False),
            ],
        },
    ),
    migrations.CreateModel(
        name='SignInDay',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_days', to=settings.AUTH_USER_MODEL)),
            ('day', models.DateField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['day'], name='sign_in_day_day'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('user', 'day'), name='sign_in_day_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='UnitName',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='tanggap.unit')),
            ('name', models.TextField()),
            ('short_name', models.TextField(blank=True, default='')),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['unit', 'valid_to'], name='unit_name_until'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='unit_name_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='AdministrationEntry',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('at', models.DateTimeField()),
            ('kind', models.CharField(max_length=30)),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administered', to=settings.AUTH_USER_MODEL)),
            ('role', models.CharField(max_length=30)),
            ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to='tanggap.unit')),
            ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to=settings.AUTH_USER_MODEL)),
            ('before', models.JSONField(default=dict)),
            ('after', models.JSONField(default=dict)),
        ],
        options={
            'verbose_name_plural': 'administration entries',
            'indexes': [
                models.Index(fields=['agency', '-id'], name='administration_agency'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'invitation_withdrawn', 'invited', 'memo_mode', 'office_ended', 'office_given', 'password_set', 'round_closed', 'round_extended', 'round_opened', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Decree',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to='tanggap.agency')),
            ('number', models.CharField(max_length=120)),
            ('signer', models.CharField(max_length=200)),
            ('issued_on', models.DateField()),
            ('valid_from', models.DateField()),
            ('valid_to', models.DateField(blank=True, null=True)),
            ('covers_agency', models.BooleanField(default=False)),
            ('file_key', models.CharField(blank=True, default='', max_length=64)),
            ('file_name', models.CharField(blank=True, default='', max_length=255)),
            ('file_type', models.CharField(blank=True, default='', max_length=50)),
            ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('entered_at', models.DateTimeField()),
            ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-valid_from'], name='decree_agency'),
                models.Index(condition=models.Q(('file_key', ''), _negated=True), fields=['file_key'], name='decree_file'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='decree_ends_after_it_begins'),
            ],
        },
    ),
    migrations.CreateModel(
        name='DecreeCover',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('decree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='tanggap.decree')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to='tanggap.unit')),
            ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to=settings.AUTH_USER_MODEL)),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('user__isnull', False)), models.Q(('unit__isnull', False), ('user__isnull', True)), _connector='OR'), name='decree_cover_of_one'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Absence',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ('deputy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('first_day', models.DateField()),
            ('last_day', models.DateField()),
            ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('entered_at', models.DateTimeField()),
            ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('ended_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['last_day'], name='absence_in_force'),
                models.Index(fields=['user', 'last_day'], name='absence_of_user'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='absence_ends_after_it_begins'),
                models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('deputy', models.F('user')), _negated=True), _connector='OR'), name='absence_deputy_is_another'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Invitation',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='tanggap.agency')),
            ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='tanggap.unit')),
            ('role', models.CharField(max_length=30)),
            ('name', models.CharField(max_length=200)),
            ('email', models.EmailField(max_length=254)),
            ('nonce', models.CharField(max_length=32)),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ('created_at', models.DateTimeField()),
            ('expires_at', models.DateTimeField()),
            ('accepted_at', models.DateTimeField(blank=True, null=True)),
            ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['agency', '-created_at'], name='invitation_agency'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('role__in', ['agency_admin', 'evaluator', 'head', 'internal_auditor', 'liaison_officer', 'national_admin', 'ombudsman', 'overseer', 'regional_overseer', 'unit_admin'])), name='invitation_role_known'),
                models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_expires_later'),
                models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_ends_once'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Device',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ('session_key', models.CharField(max_length=40, unique=True)),
            ('browser', models.CharField(max_length=60)),
            ('since', models.DateTimeField()),
            ('seen_at', models.DateTimeField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['user', '-seen_at'], name='device_user'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Citizen',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('address_hash', models.BinaryField(max_length=32, unique=True)),
            ('key_version', models.IntegerField()),
            ('wrapped_key', models.BinaryField()),
            ('sealed', models.BinaryField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['key_version'], name='citizen_key_version'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Support',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('mark', models.BinaryField(max_length=32, unique=True)),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
        ],
    ),
    migrations.CreateModel(
        name='Follow',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('mark', models.BinaryField(max_length=32, unique=True)),
            ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
            ('key_version', models.IntegerField()),
            ('wrapped_key', models.BinaryField()),
        ],
        options={
            'indexes': [
                models.Index(fields=['key_version'], name='follow_key_version'),
            ],
        },
    ),
    migrations.CreateModel(
        name='RateWindow',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('bucket', models.CharField(max_length=40)),
            ('key_hash', models.BinaryField(max_length=32)),
            ('window_start', models.DateTimeField()),
            ('count', models.PositiveIntegerField()),
            ('blocked_until', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['window_start'], name='rate_window_age'),
            ],
            'constraints': [
                models.UniqueConstraint(fields=('bucket', 'key_hash'), name='rate_window_once'),
                models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='rate_window_counts'),
            ],
        },
    ),
    migrations.CreateModel(
        name='Message',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tanggap.report')),
            ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tanggap.event')),
            ('notice', models.TextField()),
            ('audience', models.TextField()),
            ('channel', models.TextField()),
            ('clock', models.TextField(blank=True, default='')),
            ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('origin', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='tanggap.message')),
            ('state', models.TextField(default='queued')),
            ('reason', models.TextField(blank=True, default='')),
            ('attempts', models.SmallIntegerField(default=0)),
            ('created_at', models.DateTimeField()),
            ('settled_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(condition=models.Q(('state', 'queued')), fields=['created_at'], name='message_queued'),
                models.Index(condition=models.Q(('reason', 'in_digest')), fields=['user', 'created_at'], name='message_in_digest'),
            ],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('origin__isnull', False)), fields=('origin', 'user', 'channel'), name='message_one_copy_each'),
            ],
        },
    ),
    migrations.CreateModel(
        name='ShortMessage',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('letter', models.TextField(blank=True)),
            ('state', models.TextField(default='queued')),
            ('reason', models.TextField(blank=True, default='')),
            ('attempts', models.SmallIntegerField(default=0)),
            ('created_at', models.DateTimeField()),
            ('settled_at', models.DateTimeField(null=True)),
        ],
        options={
            'indexes': [
                models.Index(fields=['created_at'], name='shortmessage_by_time'),
            ],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('state', 'queued'), models.Q(('letter', ''), models.Q(('settled_at', None), _negated=True)), _connector='OR'), name='shortmessage_settled_is_empty'),
            ],
        },
    ),
]
