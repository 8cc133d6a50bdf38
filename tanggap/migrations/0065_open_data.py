"""Which reports have gone out as open data (ADR 0064)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0064_map_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='GoneOut',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='tanggap.report')),
            ],
        ),
    ]
