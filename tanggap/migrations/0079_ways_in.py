"""Two more kinds of entries in the log of changes: a link to a new password, lost factors removed (ADR 0086)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The log takes the kinds that the code writes."""

    dependencies = [
        ('tanggap', '0077_decisions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='administrationentry',
            name='administration_kind_known',
        ),
        migrations.AddConstraint(
            model_name='administrationentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'comment_rule', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'factors_removed', 'invitation_withdrawn', 'invited', 'memo_mode', 'office_ended', 'office_given', 'password_link', 'password_set', 'round_closed', 'round_extended', 'round_opened', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known'),
        ),
    ]
