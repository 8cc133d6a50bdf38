"""The log of the organisation knows of leave entered for somebody else, links to a password, and lost factors (ADR 0084)."""

from django.db import migrations, models


class Migration(migrations.Migration):

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
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'comment_rule', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'factors_removed', 'invitation_withdrawn', 'invited', 'leave_ended', 'leave_entered', 'memo_mode', 'office_ended', 'office_given', 'password_link', 'password_set', 'round_closed', 'round_extended', 'round_opened', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known'),
        ),
    ]
