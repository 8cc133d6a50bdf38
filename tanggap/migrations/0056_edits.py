"""The code of an edit by the reporter: one more act (ADR 0052)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = [
        ('tanggap', '0055_told_apart'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'edit', 'import', 'verify_and_assign', 'manage_self', 'assign_to_unit', 'accept_assignment', 'propose_return', 'return_to_admin', 'take_back', 'hand_over', 'return', 'request_data', 'supply_data', 'data_deadline_passed', 'follow_up', 'answer', 'hold_answer', 'release_answer', 'send_back_answer', 'submit_memo', 'check_memo', 'return_memo', 'sign_memo', 'ask_schedule', 'confirm_schedule', 'reschedule', 'reporter_reply', 'confirm_done', 'auto_close', 'close_manual', 'reopen', 'ask_reopen', 'refuse_reopen', 'propose_archive', 'archive', 'appeal', 'add_information', 'rate', 'set_visibility', 'withdraw', 'confirm_text', 'open_identity', 'open_original', 'recompute', 'redact', 'lift', 'transfer', 'accept_transfer', 'refuse_transfer', 'dispute', 'decide_owner', 'nudge', 'reclassify', 'escalate_ombudsman', 'withdraw_consent', 'open_handover', 'accept_handover', 'decline_handover', 'erase_identity', 'hand_to_ppid', 'extend_formal', 'object_formal', 'take', 'entrust', 'release', 'request_extension', 'grant_extension', 'refuse_extension', 'split', 'close_parts', 'reopen_parts', 'add_support', 'end_support', 'contribute', 'support_follow_up', 'escalate', 'merge', 'unmerge', 'take_in', 'let_go', 'message_reporter', 'message_office', 'propose', 'agree', 'refuse_proposal'])), name='event_kind_known'),
        ),
    ]
