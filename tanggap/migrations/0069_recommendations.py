"""Recommendations of evaluators, every act on them, and their files (ADR 0067)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER recommendationact_append_only BEFORE UPDATE OR DELETE ON tanggap_recommendationact
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER recommendationact_no_truncate BEFORE TRUNCATE ON tanggap_recommendationact
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER recommendationfile_append_only BEFORE UPDATE OR DELETE ON tanggap_recommendationfile
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER recommendationfile_no_truncate BEFORE TRUNCATE ON tanggap_recommendationfile
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_recommendationact ENABLE ALWAYS TRIGGER recommendationact_append_only;
ALTER TABLE tanggap_recommendationact ENABLE ALWAYS TRIGGER recommendationact_no_truncate;
ALTER TABLE tanggap_recommendationfile ENABLE ALWAYS TRIGGER recommendationfile_append_only;
ALTER TABLE tanggap_recommendationfile ENABLE ALWAYS TRIGGER recommendationfile_no_truncate;
"""


class Migration(migrations.Migration):
    """Three tables; what was done and given is only added to."""

    dependencies = [
        ('tanggap', '0068_recaps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('criterion', models.CharField(blank=True, default='', max_length=40)),
                ('formula', models.CharField(blank=True, default='', max_length=60)),
                ('state', models.CharField(default='open', max_length=12)),
                ('due_on', models.DateField()),
                ('given_at', models.DateTimeField()),
                ('act_count', models.PositiveIntegerField(default=0)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='tanggap.assessment')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ],
        ),
        migrations.CreateModel(
            name='RecommendationAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('role', models.CharField(max_length=30)),
                ('text', models.TextField()),
                ('due_on', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tanggap.recommendation')),
            ],
        ),
        migrations.CreateModel(
            name='RecommendationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=50)),
                ('size', models.PositiveIntegerField()),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tanggap.recommendationact')),
            ],
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(condition=models.Q(('state__in', ['done', 'withdrawn']), _negated=True), fields=['due_on', 'id'], name='recommendation_due'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'planned', 'underway', 'reported', 'done', 'withdrawn'])), name='recommendation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('text__gt', '')), name='recommendation_says_something'),
        ),
        migrations.AddConstraint(
            model_name='recommendationact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['give', 'plan', 'progress', 'report', 'return', 'accept', 'extend', 'withdraw'])), name='recommendation_act_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendationact',
            constraint=models.UniqueConstraint(fields=('recommendation', 'seq'), name='recommendation_act_in_order'),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
