"""What the map shows: sums by place (ADR 0062)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0063_assessments'),
    ]

    operations = [
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
    ]
