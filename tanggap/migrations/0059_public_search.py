"""Indexes for the public list: by outcome, and by how long an office is late (ADR 0056)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0058_scans_of_reporters'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('is_stub', False), models.Q(('outcome', ''), _negated=True)), fields=['outcome', '-published_at', '-id'], name='publication_outcome'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['due_at', 'id'], name='publication_late_all'),
        ),
    ]
