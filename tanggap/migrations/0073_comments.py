"""What readers say under published reports, who takes it, and every decision on it (ADR 0070)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_GUARDS = """
CREATE FUNCTION tanggap_comment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a comment is emptied, never deleted';
    END IF;
    IF OLD.state = 'removed' OR (NEW.id, NEW.report_id, NEW.written_on) <> (OLD.id, OLD.report_id, OLD.written_on)
        OR (NEW.state <> 'removed' AND (NEW.name, NEW.body) <> (OLD.name, OLD.body)) THEN
        RAISE EXCEPTION 'what a comment says is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_stays BEFORE UPDATE OR DELETE ON tanggap_comment
    FOR EACH ROW EXECUTE FUNCTION tanggap_comment_stays();
CREATE TRIGGER comment_no_truncate BEFORE TRUNCATE ON tanggap_comment
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER commentact_append_only BEFORE UPDATE OR DELETE ON tanggap_commentact
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER commentact_no_truncate BEFORE TRUNCATE ON tanggap_commentact
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER commentrule_append_only BEFORE UPDATE OR DELETE ON tanggap_commentrule
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER commentrule_no_truncate BEFORE TRUNCATE ON tanggap_commentrule
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_comment ENABLE ALWAYS TRIGGER comment_stays;
ALTER TABLE tanggap_comment ENABLE ALWAYS TRIGGER comment_no_truncate;
ALTER TABLE tanggap_commentact ENABLE ALWAYS TRIGGER commentact_append_only;
ALTER TABLE tanggap_commentact ENABLE ALWAYS TRIGGER commentact_no_truncate;
ALTER TABLE tanggap_commentrule ENABLE ALWAYS TRIGGER commentrule_append_only;
ALTER TABLE tanggap_commentrule ENABLE ALWAYS TRIGGER commentrule_no_truncate;
"""
_BACKWARD = "DROP FUNCTION tanggap_comment_stays() CASCADE;"


class Migration(migrations.Migration):
    """Three tables; acts and rules are only added to, a comment is only decided or emptied."""

    dependencies = [
        ('tanggap', '0072_as_one'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(blank=True, default='')),
                ('body', models.TextField(blank=True, default='')),
                ('shown', models.TextField(blank=True, default='')),
                ('written_on', models.DateField()),
                ('state', models.TextField(default='waiting')),
                ('ground', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CommentAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('at', models.DateTimeField()),
                ('role', models.TextField()),
                ('ground', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='CommentRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField()),
                ('ground', models.TextField()),
                ('decided_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='administrationentry',
            name='administration_kind_known',
        ),
        migrations.AddConstraint(
            model_name='administrationentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'comment_rule', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'invitation_withdrawn', 'invited', 'memo_mode', 'office_ended', 'office_given', 'password_set', 'round_closed', 'round_extended', 'round_opened', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known'),
        ),
        migrations.AddField(
            model_name='comment',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='tanggap.report'),
        ),
        migrations.AddField(
            model_name='commentact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commentact',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.comment'),
        ),
        migrations.AddField(
            model_name='commentrule',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency'),
        ),
        migrations.AddField(
            model_name='commentrule',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('state', 'shown')), fields=['report', 'id'], name='comment_shown'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='comment_waiting'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'shown', 'refused', 'hidden', 'removed'])), name='comment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), models.Q(('shown', ''), _negated=True)), models.Q(models.Q(('state', 'shown'), _negated=True), ('shown', '')), _connector='OR'), name='comment_public_text_only_while_shown'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'removed'), ('body', ''), ('name', '')), models.Q(models.Q(('state', 'removed'), _negated=True), models.Q(('body', ''), _negated=True)), _connector='OR'), name='comment_removed_is_empty'),
        ),
        migrations.AddIndex(
            model_name='commentact',
            index=models.Index(condition=models.Q(('kind', 'hide')), fields=['-at', '-id'], name='comment_hidden'),
        ),
        migrations.AddConstraint(
            model_name='commentact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['show', 'refuse', 'hide', 'return', 'remove'])), name='comment_act_known'),
        ),
        migrations.AddConstraint(
            model_name='commentact',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), ('ground__in', ['personal', 'abusive', 'accusation', 'off_topic', 'advert', 'imposture']), _connector='OR'), name='comment_act_says_why'),
        ),
        migrations.AddIndex(
            model_name='commentrule',
            index=models.Index(fields=['agency', '-id'], name='comment_rule_newest'),
        ),
        migrations.AddConstraint(
            model_name='commentrule',
            constraint=models.CheckConstraint(condition=models.Q(('ground__gt', '')), name='comment_rule_says_why'),
        ),
        migrations.RunSQL(_GUARDS, _BACKWARD),
    ]
