"""What overseers and the Ombudsman ask and answer: their events, and what waits for somebody (ADR 0046)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns and an index of a projection, and four codes of events."""

    dependencies = [
        ('tanggap', '0052_goes_along'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='report',
            name='handover_accepted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='reopen_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('reopen_asked_at__isnull', False)), fields=['-last_acted_at', '-id'], name='report_reopen_asked'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'import', 'verify_and_assign', 'manage_self', 'assign_to_unit', 'accept_assignment', 'propose_return', 'return_to_admin', 'take_back', 'hand_over', 'return', 'request_data', 'supply_data', 'data_deadline_passed', 'follow_up', 'answer', 'hold_answer', 'release_answer', 'send_back_answer', 'submit_memo', 'check_memo', 'return_memo', 'sign_memo', 'ask_schedule', 'confirm_schedule', 'reschedule', 'reporter_reply', 'confirm_done', 'auto_close', 'close_manual', 'reopen', 'ask_reopen', 'refuse_reopen', 'propose_archive', 'archive', 'appeal', 'add_information', 'rate', 'set_visibility', 'withdraw', 'confirm_text', 'open_identity', 'open_original', 'recompute', 'redact', 'lift', 'transfer', 'accept_transfer', 'refuse_transfer', 'dispute', 'decide_owner', 'nudge', 'reclassify', 'escalate_ombudsman', 'withdraw_consent', 'open_handover', 'accept_handover', 'decline_handover', 'erase_identity', 'hand_to_ppid', 'extend_formal', 'object_formal', 'take', 'entrust', 'release', 'request_extension', 'grant_extension', 'refuse_extension', 'split', 'close_parts', 'reopen_parts', 'add_support', 'end_support', 'contribute', 'support_follow_up', 'escalate', 'merge', 'unmerge', 'take_in', 'let_go', 'message_reporter', 'message_office'])), name='event_kind_known'),
        ),
    ]
