"""An identity is wrapped anew or erased, never exchanged or deleted; a contact hash goes only with it (ADR 0009)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION tanggap_guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.report_id = OLD.report_id
       AND (NEW.sealed IS NOT DISTINCT FROM OLD.sealed
            OR (NEW.sealed IS NULL AND NEW.wrapped_key IS NULL AND NEW.erased_at IS NOT NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: an identity is erased, never exchanged' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER identity_guarded BEFORE UPDATE ON tanggap_identity
    FOR EACH ROW EXECUTE FUNCTION tanggap_guard_identity();
CREATE TRIGGER identity_no_delete BEFORE DELETE ON tanggap_identity
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();

CREATE FUNCTION tanggap_guard_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM tanggap_identity WHERE report_id = OLD.report_id AND erased_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'tanggap: a contact hash goes only when the identity was erased'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER contacthash_guarded BEFORE DELETE ON tanggap_contacthash
    FOR EACH ROW EXECUTE FUNCTION tanggap_guard_contact();
ALTER TABLE tanggap_identity ENABLE ALWAYS TRIGGER identity_guarded;
ALTER TABLE tanggap_identity ENABLE ALWAYS TRIGGER identity_no_delete;
ALTER TABLE tanggap_contacthash ENABLE ALWAYS TRIGGER contacthash_guarded;
"""

BACKWARD = """
DROP FUNCTION IF EXISTS tanggap_guard_contact() CASCADE;
DROP FUNCTION IF EXISTS tanggap_guard_identity() CASCADE;
"""


class Migration(migrations.Migration):
    """Triggers of the vault."""

    dependencies = [("tanggap", "0004_public_lists")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
