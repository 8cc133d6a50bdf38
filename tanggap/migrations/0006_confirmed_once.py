"""An address is confirmed once, and what is known of an identity changes only when it is erased (ADR 0009)."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION tanggap_guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.report_id = OLD.report_id
       AND (NEW.has_email, NEW.has_phone) = (OLD.has_email, OLD.has_phone)
       AND (OLD.email_confirmed_at IS NULL OR NEW.email_confirmed_at IS NOT DISTINCT FROM OLD.email_confirmed_at)
       AND (NEW.sealed IS NOT DISTINCT FROM OLD.sealed
            OR (NEW.sealed IS NULL AND NEW.wrapped_key IS NULL AND NEW.erased_at IS NOT NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: an identity is erased, never exchanged, and confirmed once'
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION tanggap_guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.report_id = OLD.report_id
       AND (NEW.sealed IS NOT DISTINCT FROM OLD.sealed
            OR (NEW.sealed IS NULL AND NEW.wrapped_key IS NULL AND NEW.erased_at IS NOT NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: an identity is erased, never exchanged' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    """One function of a trigger."""

    dependencies = [("tanggap", "0005_vault_guards")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
