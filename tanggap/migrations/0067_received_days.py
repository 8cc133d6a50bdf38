"""Published reports by the day of their receipt, which figures go by: for the files of the reports behind them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tanggap', '0066_support'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('is_stub', False)), fields=['received_at', 'id'], name='publication_received'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('is_stub', False)), fields=['agency', 'received_at', 'id'], name='publication_received_by'),
        ),
    ]
