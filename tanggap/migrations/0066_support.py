"""That somebody lives with what a public report tells, and how many do (ADR 0068)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0065_open_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BinaryField(max_length=32, unique=True)),
            ],
        ),
        migrations.AddField(
            model_name='publication',
            name='support_count',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('is_stub', False), ('support_count__gt', 0)), fields=['-support_count', '-id'], name='publication_supported'),
        ),
        migrations.AddField(
            model_name='support',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report'),
        ),
    ]
