"""An identity is erased after an event that says so, in no other way (UU 27/2022 Ps 8, ADR 0009)."""

from django.db import migrations, models

# Like the function of 0006, with one condition more for what is erased.
FUNCTION = """
CREATE OR REPLACE FUNCTION tanggap_guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.report_id = OLD.report_id
       AND (NEW.has_email, NEW.has_phone) = (OLD.has_email, OLD.has_phone)
       AND (OLD.email_confirmed_at IS NULL OR NEW.email_confirmed_at IS NOT DISTINCT FROM OLD.email_confirmed_at)
       AND (NEW.sealed IS NOT DISTINCT FROM OLD.sealed AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at
            OR (NEW.sealed IS NULL AND NEW.wrapped_key IS NULL AND NEW.erased_at IS NOT NULL{condition})) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: an identity is erased, never exchanged, and confirmed once'
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
AFTER_AN_EVENT = """
                AND EXISTS (SELECT FROM tanggap_event WHERE report_id = OLD.report_id AND kind = 'erase_identity')"""




class Migration(migrations.Migration):
    """The code of the event, and the trigger."""

    dependencies = [
        ('tanggap', '0039_desk_title'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'verify_and_assign', 'manage_self', 'assign_to_unit', 'accept_assignment', 'return_to_admin', 'take_back', 'hand_over', 'return', 'request_data', 'supply_data', 'data_deadline_passed', 'follow_up', 'answer', 'hold_answer', 'release_answer', 'send_back_answer', 'ask_schedule', 'confirm_schedule', 'reschedule', 'reporter_reply', 'confirm_done', 'auto_close', 'close_manual', 'reopen', 'propose_archive', 'archive', 'appeal', 'add_information', 'rate', 'set_visibility', 'withdraw', 'confirm_text', 'open_identity', 'open_original', 'recompute', 'redact', 'lift', 'transfer', 'accept_transfer', 'refuse_transfer', 'dispute', 'decide_owner', 'nudge', 'reclassify', 'escalate_ombudsman', 'withdraw_consent', 'open_handover', 'erase_identity', 'take', 'entrust', 'release', 'request_extension', 'grant_extension', 'refuse_extension', 'split', 'close_parts', 'reopen_parts', 'add_support', 'end_support', 'contribute', 'support_follow_up', 'escalate', 'merge', 'unmerge', 'take_in', 'let_go', 'message_reporter', 'message_office'])), name='event_kind_known'),
        ),
        migrations.RunSQL(FUNCTION.replace("{condition}", AFTER_AN_EVENT), FUNCTION.replace("{condition}", "")),
    ]
