"""Forms that came when the session of their officer was over, for a quarter of an hour (ADR 0054)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table that is no part of the record."""

    dependencies = [
        ('tanggap', '0056_edits'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnsentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.TextField()),
                ('key_version', models.IntegerField()),
                ('wrapped_key', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kept_at'], name='unsent_form_kept'), models.Index(fields=['key_version'], name='unsent_form_key_version')],
                'constraints': [models.UniqueConstraint(fields=('user', 'form_key'), name='unsent_form_once')],
            },
        ),
    ]
