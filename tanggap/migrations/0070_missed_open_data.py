"""Since when a report is missed in the open data (ADR 0064)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0069_recommendations'),
    ]

    operations = [
        migrations.AddField(
            model_name='goneout',
            name='missed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='goneout',
            index=models.Index(condition=models.Q(('missed_at__isnull', False)), fields=['missed_at'], name='gone_out_missed'),
        ),
    ]
