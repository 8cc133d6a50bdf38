"""Accounts of citizens: a sealed row each, and who follows which public report, sealed too (ADR 0035)."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables; no row of the first points at a report."""

    dependencies = [
        ('tanggap', '0042_imports'),
    ]

    operations = [
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
                'indexes': [models.Index(fields=['key_version'], name='citizen_key_version')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BinaryField(max_length=32, unique=True)),
                ('key_version', models.IntegerField()),
                ('wrapped_key', models.BinaryField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
            ],
            options={
                'indexes': [models.Index(fields=['key_version'], name='follow_key_version')],
            },
        ),
    ]
