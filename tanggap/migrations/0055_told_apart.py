"""What an office found to be two matters: its desk suggests neither beside the other (DOMAIN 5.8)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table that is no part of the record."""

    dependencies = [
        ('tanggap', '0054_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'other', 'agency'), name='told_apart_once'), models.CheckConstraint(condition=models.Q(('report_id__lt', models.F('other_id'))), name='told_apart_in_order')],
            },
        ),
    ]
