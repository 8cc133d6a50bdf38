"""Recaps of agencies and their files, and guards that keep what was said (ADR 0066)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_FORWARD = """
-- What a recap says stays as it was said; that it is published is written later, once.
CREATE FUNCTION tanggap_recap_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a recap is never removed';
    END IF;
    IF OLD.state IN ('done', 'failed') AND (
        (NEW.key, NEW.agency_id, NEW.period, NEW.asked_by_id, NEW.asked_at, NEW.signed, NEW.state, NEW.reason,
            NEW.content, NEW.checksum, NEW.finished_at)
        IS DISTINCT FROM
        (OLD.key, OLD.agency_id, OLD.period, OLD.asked_by_id, OLD.asked_at, OLD.signed, OLD.state, OLD.reason,
            OLD.content, OLD.checksum, OLD.finished_at)
        OR OLD.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what a recap says is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recap_stays BEFORE UPDATE OR DELETE ON tanggap_recap
    FOR EACH ROW EXECUTE FUNCTION tanggap_recap_stays();
CREATE TRIGGER recapfile_append_only BEFORE UPDATE OR DELETE ON tanggap_recapfile
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER recapfile_no_truncate BEFORE TRUNCATE ON tanggap_recapfile
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_recap ENABLE ALWAYS TRIGGER recap_stays;
ALTER TABLE tanggap_recapfile ENABLE ALWAYS TRIGGER recapfile_append_only;
ALTER TABLE tanggap_recapfile ENABLE ALWAYS TRIGGER recapfile_no_truncate;
"""
_BACKWARD = "DROP FUNCTION tanggap_recap_stays() CASCADE;"


class Migration(migrations.Migration):
    """Tables and triggers."""

    dependencies = [
        ('tanggap', '0067_received_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('period', models.CharField(max_length=8)),
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
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recaps', to='tanggap.agency')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RecapFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=4)),
                ('content', models.BinaryField()),
                ('recap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.recap')),
            ],
        ),
        migrations.AddIndex(
            model_name='recap',
            index=models.Index(fields=['agency', '-asked_at'], name='recap_agency'),
        ),
        migrations.AddIndex(
            model_name='recap',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['agency', 'period', '-finished_at'], name='recap_published'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='recap_state_known'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('agency', 'period'), name='recap_one_under_way'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('content__isnull', False), ('finished_at__isnull', False)), _connector='OR'), name='recap_done_has_content'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('state', 'done'), _connector='OR'), name='recap_published_is_done'),
        ),
        migrations.AddConstraint(
            model_name='recapfile',
            constraint=models.UniqueConstraint(fields=('recap', 'kind'), name='recap_file_once'),
        ),
        migrations.AddConstraint(
            model_name='recapfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'xlsx'])), name='recap_file_kind_known'),
        ),
        migrations.RunSQL(_FORWARD, _BACKWARD),
    ]
