"""All that 0001 to 0047 lead to, in one step: what a new database gets (ADR 0038).

A database that has taken the single steps is at this one, too. The tables are as the models say; what the models
cannot say stands first, by subject.
"""

import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

# Before the tables: for what is found by parts of words.
EXTENSIONS = "CREATE EXTENSION IF NOT EXISTS pg_trgm"

# What must hold whatever the code does: append-only events, nothing deleted (ADR 0010).
RECORD = """
-- Events are for ever. ENABLE ALWAYS: they fire in replica mode too.
CREATE FUNCTION tanggap_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'tanggap: % on % is refused: the record is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON tanggap_event
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON tanggap_event
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_append_only;
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_no_truncate;

-- A text is erased together with its salt, and in no other way changed.
CREATE FUNCTION tanggap_only_erase_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
       AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.field = OLD.field THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a text of the record can only be erased' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER eventtext_only_erase BEFORE UPDATE ON tanggap_eventtext
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_erase_text();
CREATE TRIGGER eventtext_no_delete BEFORE DELETE ON tanggap_eventtext
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER eventtext_no_truncate BEFORE TRUNCATE ON tanggap_eventtext
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_only_erase;
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_no_delete;
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_no_truncate;

-- A file of the record: only its erasure may be noted.
CREATE FUNCTION tanggap_only_erase_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
       AND (NEW.id, NEW.report_id, NEW.event_id, NEW.key, NEW.sha256, NEW.salt, NEW.size)
         = (OLD.id, OLD.report_id, OLD.event_id, OLD.key, OLD.sha256, OLD.salt, OLD.size) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a file of the record can only be erased' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER attachment_only_erase BEFORE UPDATE ON tanggap_attachment
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_erase_file();
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON tanggap_attachment
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_attachment ENABLE ALWAYS TRIGGER attachment_only_erase;
ALTER TABLE tanggap_attachment ENABLE ALWAYS TRIGGER attachment_no_delete;

-- No report is deleted, and its number and beginning never change.
CREATE FUNCTION tanggap_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.number, NEW.received_at, NEW.registered_at, NEW.channel)
       IS DISTINCT FROM (OLD.id, OLD.number, OLD.received_at, OLD.registered_at, OLD.channel)
       OR NEW.event_count < OLD.event_count THEN
        RAISE EXCEPTION 'tanggap: number, dates of receipt and count of events of a report do not change'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER report_stays BEFORE UPDATE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_report_stays();
CREATE TRIGGER report_no_delete BEFORE DELETE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER report_no_truncate BEFORE TRUNCATE ON tanggap_report
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_stays;
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_no_delete;
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_no_truncate;

-- Policies, limits and calendar versions are named by deadlines, so they never change; a day of the calendar
-- only ends.
CREATE TRIGGER policy_immutable BEFORE UPDATE OR DELETE ON tanggap_policy
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER timelimit_immutable BEFORE UPDATE OR DELETE ON tanggap_timelimit
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER calendarversion_immutable BEFORE UPDATE OR DELETE ON tanggap_calendarversion
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE FUNCTION tanggap_only_end_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until_version_id IS NULL AND NEW.until_version_id IS NOT NULL
       AND (NEW.id, NEW.agency_id, NEW.day, NEW.name, NEW.kind, NEW.source, NEW.since_version_id)
       IS NOT DISTINCT FROM (OLD.id, OLD.agency_id, OLD.day, OLD.name, OLD.kind, OLD.source, OLD.since_version_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: a day of the calendar only ends with a later version'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER calendarday_only_ends BEFORE UPDATE ON tanggap_calendarday
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_end_day();
CREATE TRIGGER calendarday_no_delete BEFORE DELETE ON tanggap_calendarday
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_policy ENABLE ALWAYS TRIGGER policy_immutable;
ALTER TABLE tanggap_timelimit ENABLE ALWAYS TRIGGER timelimit_immutable;
ALTER TABLE tanggap_calendarversion ENABLE ALWAYS TRIGGER calendarversion_immutable;
ALTER TABLE tanggap_calendarday ENABLE ALWAYS TRIGGER calendarday_only_ends;
ALTER TABLE tanggap_calendarday ENABLE ALWAYS TRIGGER calendarday_no_delete;
"""

# What was signed, decided or looked at is never taken back: logs, memos, inside talk (ADR 0028, 0030, 0031, 0033).
LOGS = """
CREATE TRIGGER accesslog_append_only BEFORE UPDATE OR DELETE ON tanggap_accesslog
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER accesslog_no_truncate BEFORE TRUNCATE ON tanggap_accesslog
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_accesslog ENABLE ALWAYS TRIGGER accesslog_append_only;
ALTER TABLE tanggap_accesslog ENABLE ALWAYS TRIGGER accesslog_no_truncate;

CREATE TRIGGER administration_append_only BEFORE UPDATE OR DELETE ON tanggap_administrationentry
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER administration_no_truncate BEFORE TRUNCATE ON tanggap_administrationentry
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_administrationentry ENABLE ALWAYS TRIGGER administration_append_only;
ALTER TABLE tanggap_administrationentry ENABLE ALWAYS TRIGGER administration_no_truncate;

CREATE TRIGGER memonumber_append_only BEFORE UPDATE OR DELETE ON tanggap_memonumber
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER memonumber_no_truncate BEFORE TRUNCATE ON tanggap_memonumber
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER memorule_append_only BEFORE UPDATE OR DELETE ON tanggap_memorule
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER memorule_no_truncate BEFORE TRUNCATE ON tanggap_memorule
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_memonumber ENABLE ALWAYS TRIGGER memonumber_append_only;
ALTER TABLE tanggap_memonumber ENABLE ALWAYS TRIGGER memonumber_no_truncate;
ALTER TABLE tanggap_memorule ENABLE ALWAYS TRIGGER memorule_append_only;
ALTER TABLE tanggap_memorule ENABLE ALWAYS TRIGGER memorule_no_truncate;

-- A note stays as it was written; of a mention only that it was read is noted, once.
CREATE TRIGGER note_append_only BEFORE UPDATE OR DELETE ON tanggap_note
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER note_no_truncate BEFORE TRUNCATE ON tanggap_note
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
CREATE FUNCTION tanggap_only_read_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.read_at IS NULL AND NEW.read_at IS NOT NULL
       AND (NEW.id, NEW.note_id, NEW.user_id) = (OLD.id, OLD.note_id, OLD.user_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: of a mention only the reading is noted' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER mention_only_read BEFORE UPDATE ON tanggap_mention
    FOR EACH ROW EXECUTE FUNCTION tanggap_only_read_mention();
CREATE TRIGGER mention_no_delete BEFORE DELETE ON tanggap_mention
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE tanggap_note ENABLE ALWAYS TRIGGER note_append_only;
ALTER TABLE tanggap_note ENABLE ALWAYS TRIGGER note_no_truncate;
ALTER TABLE tanggap_mention ENABLE ALWAYS TRIGGER mention_only_read;
ALTER TABLE tanggap_mention ENABLE ALWAYS TRIGGER mention_no_delete;
"""

# The vault (ADR 0009).
VAULT = """
-- An identity is wrapped anew or erased after an event that says so, never exchanged or deleted (UU 27/2022 Ps 8).
CREATE FUNCTION tanggap_guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.report_id = OLD.report_id
       AND (NEW.has_email, NEW.has_phone) = (OLD.has_email, OLD.has_phone)
       AND (OLD.email_confirmed_at IS NULL OR NEW.email_confirmed_at IS NOT DISTINCT FROM OLD.email_confirmed_at)
       AND (NEW.sealed IS NOT DISTINCT FROM OLD.sealed AND NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at
            OR (NEW.sealed IS NULL AND NEW.wrapped_key IS NULL AND NEW.erased_at IS NOT NULL
                AND EXISTS (SELECT FROM tanggap_event WHERE report_id = OLD.report_id AND kind = 'erase_identity'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'tanggap: an identity is erased, never exchanged, and confirmed once'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER identity_guarded BEFORE UPDATE ON tanggap_identity
    FOR EACH ROW EXECUTE FUNCTION tanggap_guard_identity();
CREATE TRIGGER identity_no_delete BEFORE DELETE ON tanggap_identity
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();

-- A contact hash goes only with its identity.
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

# Counters of the desk, kept by the database (ADR 0012, 0026).
COUNTS = """
-- As what an office has to do with a report, and all that it is counted by: trigger, desk and audit read this alone.
CREATE FUNCTION tanggap_report_counts(r tanggap_report)
RETURNS TABLE (capacity text, agency_id bigint, unit_id bigint, assignee_id bigint, status text,
               is_overdue boolean, came_back boolean)
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN QUERY
    SELECT 'owner', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    IF r.is_confidential THEN
        RETURN QUERY SELECT 'secret', r.owner_agency_id, r.owner_unit_id, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    IF r.held_answer_by_id IS NOT NULL THEN
        RETURN QUERY
        SELECT 'held', r.owner_agency_id, NULL::bigint, r.held_answer_by_id, r.status, r.is_overdue, false;
    END IF;
    IF r.offered_agency_id IS NOT NULL THEN
        RETURN QUERY SELECT 'offered', r.offered_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    IF r.is_disputed THEN
        RETURN QUERY SELECT 'disputed', r.owner_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    IF r.supervisory THEN
        RETURN QUERY SELECT 'supervisory', r.owner_agency_id, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false;
    END IF;
    RETURN QUERY
    SELECT 'former', had, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.former_agency_ids) AS had;
    RETURN QUERY
    SELECT 'supporting', helps, NULL::bigint, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_agency_ids) AS helps;
    RETURN QUERY
    SELECT 'supporting', r.owner_agency_id, helps, NULL::bigint, r.status, r.is_overdue, false
    FROM unnest(r.supporting_unit_ids) AS helps;
    IF r.memo_state IN ('submitted', 'checked', 'returned') THEN
        RETURN QUERY
        SELECT 'memo', r.owner_agency_id, r.owner_unit_id, r.memo_by_id, r.status, r.is_overdue,
               r.memo_state = 'returned';
    END IF;
END $$;

-- A delta per change, folded by a job, so that no two writers wait for one row.
CREATE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.assignee_id, NEW.status, NEW.is_overdue, NEW.came_back,
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory,
            NEW.is_confidential, NEW.held_answer_by_id, NEW.supporting_agency_ids, NEW.supporting_unit_ids, NEW.memo_state, NEW.memo_by_id)
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory,
            OLD.is_confidential, OLD.held_answer_by_id, OLD.supporting_agency_ids, OLD.supporting_unit_ids, OLD.memo_state, OLD.memo_by_id) THEN
            RETURN NULL;
        END IF;
        INSERT INTO tanggap_deskdelta
            (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
            SELECT part.*, -1 FROM tanggap_report_counts(OLD) AS part;
    END IF;
    INSERT INTO tanggap_deskdelta
        (capacity, agency_id, unit_id, assignee_id, status, is_overdue, came_back, n)
        SELECT part.*, 1 FROM tanggap_report_counts(NEW) AS part;
    RETURN NULL;
END $$;
CREATE TRIGGER report_counted AFTER INSERT OR UPDATE ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_count_report();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_counted;
"""

# The words that the desk finds a report by.
SEARCH = """
-- A report that comes is found once a job has read its words; whatever is written of it later empties them again.
-- The update is without a condition: it locks the row, so that a reading which is on its way ends first.
CREATE FUNCTION tanggap_search_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tanggap_desksearch (report_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION tanggap_search_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tanggap_desksearch SET words = NULL WHERE report_id = NEW.report_id;
    RETURN NULL;
END $$;
CREATE FUNCTION tanggap_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tanggap_desksearch SET words = NULL
    WHERE report_id = (SELECT e.report_id FROM tanggap_event AS e WHERE e.id = NEW.event_id);
    RETURN NULL;
END $$;
CREATE TRIGGER report_searched AFTER INSERT ON tanggap_report
    FOR EACH ROW EXECUTE FUNCTION tanggap_search_new();
-- The first event comes with the report; who works on it and who looked changes no word.
CREATE TRIGGER event_searched AFTER INSERT ON tanggap_event FOR EACH ROW
    WHEN (NEW.seq > 1 AND NEW.kind NOT IN
        ('take', 'entrust', 'release', 'open_identity', 'open_original', 'recompute', 'nudge', 'rate'))
    EXECUTE FUNCTION tanggap_search_event();
CREATE TRIGGER eventtext_searched AFTER UPDATE ON tanggap_eventtext
    FOR EACH ROW EXECUTE FUNCTION tanggap_search_text();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_searched;
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_searched;
ALTER TABLE tanggap_eventtext ENABLE ALWAYS TRIGGER eventtext_searched;
"""

# A worker finds its next job along the index, however many jobs wait (ADR 0004). Measured with 3,000 jobs in a queue
# that the planner believed to be empty, as it does on the day with many reports: 6.1 ms for each fetch, and 0.6 ms so.
QUEUE = "ALTER FUNCTION procrastinate_fetch_job_v2(character varying[], bigint) SET enable_sort = off"

# The triggers go with their functions; the tables go after them.
BACKWARD = """
DROP FUNCTION tanggap_refuse, tanggap_only_erase_text, tanggap_only_erase_file, tanggap_report_stays,
    tanggap_only_end_day, tanggap_only_read_mention, tanggap_guard_identity, tanggap_guard_contact,
    tanggap_count_report, tanggap_report_counts, tanggap_search_new, tanggap_search_event, tanggap_search_text CASCADE;
ALTER FUNCTION procrastinate_fetch_job_v2(character varying[], bigint) RESET enable_sort;
"""


class Migration(migrations.Migration):
    """Tables, and the rules in the database."""

    initial = True
    replaces = [
        ("tanggap", "0001_initial"),
        ("tanggap", "0002_guards"),
        ("tanggap", "0003_owed_by_admin"),
        ("tanggap", "0004_public_lists"),
        ("tanggap", "0005_vault_guards"),
        ("tanggap", "0006_confirmed_once"),
        ("tanggap", "0007_fetch_in_order"),
        ("tanggap", "0008_transfers"),
        ("tanggap", "0009_oversight_roles"),
        ("tanggap", "0010_assignments"),
        ("tanggap", "0011_queues"),
        ("tanggap", "0012_queue_counts"),
        ("tanggap", "0013_duty"),
        ("tanggap", "0014_routing_rules"),
        ("tanggap", "0015_several_offices"),
        ("tanggap", "0016_extensions"),
        ("tanggap", "0017_second_look"),
        ("tanggap", "0018_secret_counts"),
        ("tanggap", "0019_held_counts"),
        ("tanggap", "0020_drafts"),
        ("tanggap", "0021_supporters"),
        ("tanggap", "0022_bulk_jobs"),
        ("tanggap", "0023_escalation"),
        ("tanggap", "0024_organisation"),
        ("tanggap", "0025_promises"),
        ("tanggap", "0026_bulk_lines_and_tags"),
        ("tanggap", "0027_handover"),
        ("tanggap", "0028_saved_views"),
        ("tanggap", "0029_templates"),
        ("tanggap", "0030_clusters"),
        ("tanggap", "0031_entrance"),
        ("tanggap", "0032_desk_search"),
        ("tanggap", "0033_redact"),
        ("tanggap", "0034_parts"),
        ("tanggap", "0035_notes_and_messages"),
        ("tanggap", "0036_lift"),
        ("tanggap", "0037_overdue_board"),
        ("tanggap", "0038_presence"),
        ("tanggap", "0039_desk_title"),
        ("tanggap", "0040_erasure"),
        ("tanggap", "0041_memos"),
        ("tanggap", "0042_imports"),
        ("tanggap", "0043_citizens"),
        ("tanggap", "0044_proposed_returns"),
        ("tanggap", "0045_formal_requests"),
        ("tanggap", "0046_progress"),
        ("tanggap", "0047_directory_links"),
    ]
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='CategoryGroup',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('name_en', models.TextField()),
                ('position', models.SmallIntegerField()),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ReferenceLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.TextField()),
                ('loaded_at', models.DateTimeField()),
                ('changes', models.JSONField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
                ('display_name', models.CharField(blank=True, default='', max_length=200)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('language', models.CharField(default='id', max_length=5)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_any_case'), models.CheckConstraint(condition=models.Q(('language__in', ['id', 'en'])), name='user_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('level', models.TextField()),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tanggap.area')),
                ('code_book', models.TextField()),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('population', models.IntegerField(blank=True, null=True)),
                ('area_km2', models.FloatField(blank=True, null=True)),
                ('postal_code', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'name'], name='area_level_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'province'), ('parent__isnull', True)), models.Q(models.Q(('level', 'province'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='area_has_a_parent_unless_province'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='area_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.TextField()),
                ('short_name', models.TextField(blank=True, default='')),
                ('kind', models.TextField()),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='tanggap.area')),
                ('timezone', models.TextField(default='Asia/Jakarta')),
                ('address', models.TextField(blank=True, default='')),
                ('responsible_office', models.TextField(blank=True, default='')),
                ('website', models.TextField(blank=True, default='')),
                ('email', models.TextField(blank=True, default='')),
                ('phone', models.TextField(blank=True, default='')),
                ('is_synthetic', models.BooleanField(default=False)),
                ('source', models.TextField(blank=True, default='')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agency_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('kind', 'national'), ('valid_to__isnull', True)), fields=('kind',), name='agency_one_national_queue')],
            },
        ),
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('source', models.TextField()),
                ('reason', models.TextField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='tanggap.agency')),
                ('day', models.DateField()),
                ('name', models.TextField()),
                ('kind', models.TextField()),
                ('source', models.TextField()),
                ('since_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='begins', to='tanggap.calendarversion')),
                ('until_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='tanggap.calendarversion')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'day'], name='calendar_day_lookup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_version__isnull', True)), fields=('agency', 'day'), name='calendar_day_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('until_version__isnull', True), ('until_version__gt', models.F('since_version')), _connector='OR'), name='calendar_day_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('name_en', models.TextField(blank=True, default='')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tanggap.category')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='tanggap.categorygroup')),
                ('sp4n_id', models.IntegerField(blank=True, null=True)),
                ('active_from', models.DateField()),
                ('active_to', models.DateField(blank=True, null=True)),
                ('default_authority', models.TextField(blank=True, default='')),
                ('suggest_supervisory', models.BooleanField(default=False)),
                ('suggest_confidential', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'categories',
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('code')), _negated=True), _connector='OR'), name='category_is_not_its_own_parent'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='category_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Citizen',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address_hash', models.BinaryField(max_length=32, unique=True)),
                ('key_version', models.IntegerField()),
                ('wrapped_key', models.BinaryField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['key_version'], name='citizen_key_version')],
            },
        ),
        migrations.CreateModel(
            name='Decree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to='tanggap.agency')),
                ('number', models.CharField(max_length=120)),
                ('signer', models.CharField(max_length=200)),
                ('issued_on', models.DateField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('covers_agency', models.BooleanField(default=False)),
                ('file_key', models.CharField(blank=True, default='', max_length=64)),
                ('file_name', models.CharField(blank=True, default='', max_length=255)),
                ('file_type', models.CharField(blank=True, default='', max_length=50)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-valid_from'], name='decree_agency'), models.Index(condition=models.Q(('file_key', ''), _negated=True), fields=['file_key'], name='decree_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='decree_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='DeskDelta',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.TextField(default='owner')),
                ('agency_id', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('assignee_id', models.BigIntegerField(null=True)),
                ('status', models.TextField()),
                ('is_overdue', models.BooleanField()),
                ('came_back', models.BooleanField(default=False)),
                ('n', models.SmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency_id'], name='desk_delta_agency')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('browser', models.CharField(max_length=60)),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-seen_at'], name='device_user')],
            },
        ),
        migrations.CreateModel(
            name='ExtensionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('is_on', models.BooleanField()),
                ('ground', models.TextField()),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-id'], name='extension_rule_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ground__gt', '')), name='extension_rule_says_why')],
            },
        ),
        migrations.CreateModel(
            name='MemoRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('mode', models.TextField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-id'], name='memo_rule_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['off', 'grave', 'always'])), name='memo_mode_known')],
            },
        ),
        migrations.CreateModel(
            name='OversightEdge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('overseer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversees', to='tanggap.agency')),
                ('overseen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overseen_by', to='tanggap.agency')),
                ('basis', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('overseer', 'overseen'), name='oversight_once_at_a_time'), models.CheckConstraint(condition=models.Q(('overseer', models.F('overseen')), _negated=True), name='oversight_is_of_another'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='oversight_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField()),
                ('version', models.IntegerField()),
                ('basis', models.TextField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='tanggap.agency')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('inherits', models.TextField(blank=True, default='')),
            ],
            options={
                'verbose_name_plural': 'policies',
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='policy_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='policy_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='policy_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='RateWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bucket', models.CharField(max_length=40)),
                ('key_hash', models.BinaryField(max_length=32)),
                ('window_start', models.DateTimeField()),
                ('count', models.PositiveIntegerField()),
                ('blocked_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['window_start'], name='rate_window_age')],
                'constraints': [models.UniqueConstraint(fields=('bucket', 'key_hash'), name='rate_window_once'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='rate_window_counts')],
            },
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('position', models.SmallIntegerField()),
                ('words', models.TextField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
                ('authority', models.TextField(blank=True, default='')),
                ('agency', models.TextField(blank=True, default='')),
                ('province_unit', models.TextField(blank=True, default='')),
                ('regency_unit', models.TextField(blank=True, default='')),
                ('reason', models.TextField()),
                ('reason_en', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='SignInDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_days', to=settings.AUTH_USER_MODEL)),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='sign_in_day_day')],
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='sign_in_day_once')],
            },
        ),
        migrations.CreateModel(
            name='TimeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='tanggap.policy')),
                ('clock', models.TextField()),
                ('classification', models.TextField(blank=True, default='')),
                ('supervisory', models.BooleanField(blank=True, null=True)),
                ('count', models.IntegerField()),
                ('unit', models.TextField()),
                ('article', models.TextField()),
                ('basis', models.TextField()),
                ('since', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('policy', 'clock', 'classification', 'supervisory'), name='time_limit_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='time_limit_counts')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='tanggap.agency')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subunits', to='tanggap.unit')),
                ('slug', models.SlugField(max_length=80)),
                ('name', models.TextField()),
                ('short_name', models.TextField(blank=True, default='')),
                ('kind', models.TextField()),
                ('website', models.TextField(blank=True, default='')),
                ('is_synthetic', models.BooleanField(default=False)),
                ('source', models.TextField(blank=True, default='')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'slug'), name='unit_slug_once_in_an_agency'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_is_not_its_own_parent'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=9, unique=True)),
                ('channel', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('registered_at', models.DateTimeField()),
                ('status', models.TextField()),
                ('previous_status', models.TextField(blank=True, default='')),
                ('owner_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('owner_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('came_back', models.BooleanField(default=False)),
                ('offered_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('former_agency_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ('part_of', models.CharField(blank=True, default='', max_length=9)),
                ('supporting_agency_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ('supporting_unit_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ('is_disputed', models.BooleanField(default=False)),
                ('promised_on', models.DateField(null=True)),
                ('promise_asked', models.BooleanField(default=False)),
                ('held_answer_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('memo_state', models.TextField(blank=True, default='')),
                ('memo_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cluster_lead', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='tanggap.report')),
                ('member_count', models.SmallIntegerField(default=0)),
                ('destination', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('title', models.TextField()),
                ('desk_title', models.TextField(blank=True, default='')),
                ('classification', models.TextField()),
                ('supervisory', models.BooleanField(null=True)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
                ('urgency', models.TextField(blank=True, default='')),
                ('urgency_rank', models.SmallIntegerField(default=1)),
                ('event_date', models.DateField(null=True)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.area')),
                ('language', models.TextField(default='id')),
                ('is_anonymous', models.BooleanField(default=False)),
                ('is_confidential', models.BooleanField(default=False)),
                ('is_published', models.BooleanField(default=False)),
                ('assigned_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closing', models.TextField(blank=True, default='')),
                ('outcome', models.TextField(blank=True, default='')),
                ('outcome_on', models.DateField(null=True)),
                ('archive_reason', models.TextField(blank=True, default='')),
                ('reopen_count', models.SmallIntegerField(default=0)),
                ('return_count', models.SmallIntegerField(default=0)),
                ('extension_count', models.SmallIntegerField(default=0)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('rating', models.SmallIntegerField(null=True)),
                ('solved', models.TextField(blank=True, default='')),
                ('due_at', models.DateTimeField(null=True)),
                ('due_clock', models.TextField(blank=True, default='')),
                ('is_overdue', models.BooleanField(default=False)),
                ('progress_at', models.DateTimeField(null=True)),
                ('is_stale', models.BooleanField(default=False)),
                ('event_count', models.IntegerField()),
                ('head_hash', models.BinaryField(max_length=32)),
                ('last_acted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ['answered', 'assigned', 'in_progress', 'pending', 'split', 'unverified'])), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_owed_agency'), models.Index(condition=models.Q(('status__in', ['answered', 'assigned', 'in_progress', 'pending', 'split', 'unverified'])), fields=['owner_unit', 'due_at', 'urgency_rank', 'id'], name='report_owed_unit'), models.Index(condition=models.Q(('status__in', ['answered', 'assigned', 'in_progress', 'pending', 'split', 'unverified'])), fields=['due_at', 'urgency_rank', 'id'], name='report_owed_all'), models.Index(condition=models.Q(('status__in', ['unverified']), models.Q(('owner_unit__isnull', True), ('status__in', ['assigned', 'in_progress'])), _connector='OR'), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_owed_admin'), models.Index(condition=models.Q(('is_overdue', True)), fields=['owner_agency', 'owner_unit', 'due_clock', 'due_at'], include=('status', 'id'), name='report_late'), models.Index(condition=models.Q(('offered_agency__isnull', False)), fields=['offered_agency', 'due_at', 'urgency_rank', 'id'], name='report_offered'), models.Index(condition=models.Q(('is_disputed', True)), fields=['due_at', 'urgency_rank', 'id'], name='report_disputed'), models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee', 'due_at', 'urgency_rank', 'id'], name='report_assigned_to'), models.Index(condition=models.Q(('came_back', True)), fields=['due_at', 'urgency_rank', 'id'], name='report_came_back'), models.Index(condition=models.Q(('held_answer_by__isnull', False)), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_held_answer'), models.Index(condition=models.Q(('memo_state__in', ['checked', 'returned', 'submitted'])), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_memo'), models.Index(condition=models.Q(('part_of', ''), _negated=True), fields=['part_of', 'id'], name='report_part_of'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('supporting_agency_ids', []), _negated=True), fields=['supporting_agency_ids'], name='report_helped_agency'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('supporting_unit_ids', []), _negated=True), fields=['supporting_unit_ids'], name='report_helped_unit'), models.Index(condition=models.Q(('promise_asked', True)), fields=['owner_agency', '-last_acted_at', '-id'], name='report_promise_late'), models.Index(condition=models.Q(('is_stale', True)), fields=['owner_agency', 'due_at', 'urgency_rank', 'id'], name='report_stale'), models.Index(condition=models.Q(('is_stale', False), ('progress_at__isnull', False)), fields=['progress_at', 'id'], name='report_standing'), models.Index(condition=models.Q(('promised_on__isnull', False)), fields=['promised_on', 'id'], name='report_promised'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('former_agency_ids', []), _negated=True), fields=['former_agency_ids'], name='report_former'), models.Index(condition=models.Q(('handed_over_at__isnull', False)), fields=['-handed_over_at', '-id'], name='report_handed_over'), models.Index(condition=models.Q(('cluster_lead__isnull', False)), fields=['cluster_lead'], name='report_cluster'), models.Index(fields=['area', 'received_at'], name='report_place_time', opclasses=['text_pattern_ops', 'timestamptz_ops']), models.Index(fields=['owner_agency', 'status', '-last_acted_at', '-id'], name='report_agency_status'), models.Index(fields=['owner_unit', 'status', '-last_acted_at', '-id'], name='report_unit_status'), models.Index(fields=['status', '-last_acted_at', '-id'], name='report_status_recent'), models.Index(fields=['owner_agency', '-last_acted_at', '-id'], name='report_agency_recent'), models.Index(fields=['-last_acted_at', '-id'], name='report_recent')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['unverified', 'assigned', 'in_progress', 'answered', 'pending', 'split', 'closed', 'archived', 'withdrawn'])), name='report_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['answered', 'assigned', 'in_progress', 'pending', 'split', 'unverified']), _negated=True), models.Q(('due_at__isnull', False), ('due_clock__gt', '')), _connector='OR'), name='report_open_has_a_running_clock'), models.CheckConstraint(condition=models.Q(('status__in', ['answered', 'assigned', 'in_progress', 'pending', 'split', 'unverified']), ('due_at__isnull', True), _connector='OR'), name='report_over_has_no_due_date'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'pending'), _negated=True), ('previous_status__gt', ''), _connector='OR'), name='report_pending_knows_the_way_back'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), models.Q(('answered_at__isnull', False), ('outcome__gt', '')), _connector='OR'), name='report_answered_has_an_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['assigned', 'in_progress', 'answered']), _negated=True), ('assigned_at__isnull', False), _connector='OR'), name='report_assigned_was_verified'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'archived'), _negated=True), ('archive_reason__gt', ''), _connector='OR'), name='report_archived_has_a_reason'), models.CheckConstraint(condition=models.Q(('is_confidential', False), ('is_published', False), _connector='OR'), name='report_confidential_is_not_published'), models.CheckConstraint(condition=models.Q(('rating__isnull', True), ('rating__range', (1, 5)), _connector='OR'), name='report_rating_one_to_five'), models.CheckConstraint(condition=models.Q(('cluster_lead__isnull', True), ('member_count', 0), _connector='OR'), name='report_merged_leads_none'), models.CheckConstraint(condition=models.Q(('is_stale', False), ('progress_at__isnull', False), _connector='OR'), name='report_stale_is_in_progress'), models.CheckConstraint(condition=models.Q(('event_count__gte', 1)), name='report_was_written_down')],
            },
        ),
        migrations.CreateModel(
            name='BulkJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('kind', models.TextField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.TextField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('asked', models.JSONField(default=dict)),
                ('state', models.TextField(default='queued')),
                ('total', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-created_at'], name='bulk_job_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='bulk_job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['queued', 'running'])), models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), _connector='OR'), name='bulk_job_over_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='tanggap.bulkjob')),
                ('position', models.IntegerField()),
                ('number', models.CharField(max_length=9)),
                ('state', models.TextField(default='waiting')),
                ('reason', models.TextField(blank=True, default='')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'refused', 'undone', 'kept'])), name='bulk_line_state_known'), models.UniqueConstraint(fields=('job', 'position'), name='bulk_line_position_once'), models.UniqueConstraint(fields=('job', 'number'), name='bulk_line_report_once')],
            },
        ),
        migrations.CreateModel(
            name='DeskSearch',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='desk_search', serialize=False, to='tanggap.report')),
                ('words', django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='desk_search_words'), models.Index(condition=models.Q(('words__isnull', True)), fields=['report'], name='desk_search_stale')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='tanggap.report')),
                ('clock', models.TextField()),
                ('run', models.SmallIntegerField()),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('count', models.IntegerField()),
                ('unit', models.TextField()),
                ('policy', models.TextField()),
                ('calendar', models.IntegerField()),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('zone', models.TextField()),
                ('anchor_at', models.DateTimeField()),
                ('remaining', models.IntegerField()),
                ('pauses', models.JSONField(default=list)),
                ('is_paused', models.BooleanField(default=False)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('stopped_by', models.TextField(blank=True, default='')),
                ('reminders', models.SmallIntegerField(default=0)),
                ('remind_at', models.DateTimeField(null=True)),
                ('step', models.SmallIntegerField(default=0)),
                ('next_step_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_paused', False), ('stopped_at__isnull', True)), fields=['clock', 'due_at'], name='deadline_running'), models.Index(condition=models.Q(('is_paused', False), ('remind_at__isnull', False), ('stopped_at__isnull', True)), fields=['remind_at'], name='deadline_to_remind'), models.Index(condition=models.Q(('is_paused', False), ('next_step_at__isnull', False), ('stopped_at__isnull', True)), fields=['next_step_at', 'id'], name='deadline_to_escalate')],
                'constraints': [models.UniqueConstraint(fields=('report', 'clock', 'run'), name='deadline_once'), models.CheckConstraint(condition=models.Q(('clock__in', ['verify', 'internal_accept', 'first_followup', 'resolve', 'reopened', 'auto_close', 'data_request', 'reply', 'statutory_max', 'statutory_notice', 'outcome_notice', 'reopen_window', 'appeal', 'hop', 'arbitration', 'extension', 'parts', 'formal', 'formal_window', 'formal_objection'])), name='deadline_clock_known')],
            },
        ),
        migrations.CreateModel(
            name='ContactHash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_hashes', to='tanggap.report')),
                ('kind', models.TextField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['hash'], name='contact_hash_lookup')],
            },
        ),
        migrations.CreateModel(
            name='AnswerPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_prints', to='tanggap.report')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('print', models.BinaryField(max_length=32)),
                ('answered_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'print', 'answered_at'], include=('report',), name='answer_print_same')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='tanggap.report')),
                ('place', models.TextField()),
                ('values', models.JSONField()),
                ('seen', models.IntegerField()),
                ('page', models.TextField(blank=True, default='')),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-saved_at', '-id'], name='draft_own_newest')],
                'constraints': [models.UniqueConstraint(fields=('user', 'report', 'place'), name='draft_one_each')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='tanggap.report')),
                ('seq', models.IntegerField()),
                ('kind', models.TextField()),
                ('acted_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('role', models.TextField()),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('from_status', models.TextField(blank=True, default='')),
                ('to_status', models.TextField()),
                ('visibility', models.TextField()),
                ('data', models.JSONField()),
                ('commitments', models.JSONField()),
                ('nonce', models.BinaryField(max_length=16)),
                ('previous_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'seq'), name='event_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['submit', 'import', 'verify_and_assign', 'manage_self', 'assign_to_unit', 'accept_assignment', 'propose_return', 'return_to_admin', 'take_back', 'hand_over', 'return', 'request_data', 'supply_data', 'data_deadline_passed', 'follow_up', 'answer', 'hold_answer', 'release_answer', 'send_back_answer', 'submit_memo', 'check_memo', 'return_memo', 'sign_memo', 'ask_schedule', 'confirm_schedule', 'reschedule', 'reporter_reply', 'confirm_done', 'auto_close', 'close_manual', 'reopen', 'propose_archive', 'archive', 'appeal', 'add_information', 'rate', 'set_visibility', 'withdraw', 'confirm_text', 'open_identity', 'open_original', 'recompute', 'redact', 'lift', 'transfer', 'accept_transfer', 'refuse_transfer', 'dispute', 'decide_owner', 'nudge', 'reclassify', 'escalate_ombudsman', 'withdraw_consent', 'open_handover', 'erase_identity', 'hand_to_ppid', 'extend_formal', 'object_formal', 'take', 'entrust', 'release', 'request_extension', 'grant_extension', 'refuse_extension', 'split', 'close_parts', 'reopen_parts', 'add_support', 'end_support', 'contribute', 'support_follow_up', 'escalate', 'merge', 'unmerge', 'take_in', 'let_go', 'message_reporter', 'message_office'])), name='event_kind_known'), models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'reporter', 'internal'])), name='event_visibility_known'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='event_seq_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'reporter'), _negated=True), models.Q(('agency__isnull', True), ('unit__isnull', True), ('user__isnull', True)), _connector='OR'), name='event_reporter_is_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tanggap.report')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tanggap.event')),
                ('key', models.CharField(max_length=32)),
                ('sha256', models.BinaryField(max_length=32)),
                ('salt', models.BinaryField(max_length=16)),
                ('size', models.BigIntegerField()),
                ('media_type', models.TextField()),
                ('kind', models.TextField()),
                ('name', models.TextField()),
                ('is_reporters', models.BooleanField()),
                ('is_publishable', models.BooleanField(default=False)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'report'), name='attachment_once'), models.CheckConstraint(condition=models.Q(('is_publishable', False), ('kind', 'image'), _connector='OR'), name='attachment_only_images_public')],
            },
        ),
        migrations.CreateModel(
            name='EventText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='tanggap.event')),
                ('field', models.TextField()),
                ('text', models.TextField(null=True)),
                ('salt', models.BinaryField(max_length=16, null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'field'), name='event_text_once'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('salt__isnull', False), ('text__isnull', False)), models.Q(('erased_at__isnull', False), ('salt__isnull', True), ('text__isnull', True)), _connector='OR'), name='event_text_erased_whole')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BinaryField(max_length=32, unique=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
                ('key_version', models.IntegerField()),
                ('wrapped_key', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['key_version'], name='follow_key_version')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='identity', to='tanggap.report')),
                ('key_version', models.IntegerField(null=True)),
                ('wrapped_key', models.BinaryField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('has_email', models.BooleanField(default=False)),
                ('has_phone', models.BooleanField(default=False)),
                ('email_confirmed_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['key_version'], name='identity_key_version')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('sealed__isnull', False), ('wrapped_key__isnull', False)), models.Q(('erased_at__isnull', False), ('sealed__isnull', True), ('wrapped_key__isnull', True)), _connector='OR'), name='identity_whole_or_erased')],
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='tanggap.bulkjob')),
                ('position', models.IntegerField()),
                ('place', models.BigIntegerField()),
                ('state', models.TextField()),
                ('number', models.CharField(blank=True, default='', max_length=9)),
                ('faults', models.JSONField(default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['job', 'state', 'position'], name='import_line_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['good', 'bad', 'known', 'changed', 'done', 'refused'])), name='import_line_state_known'), models.UniqueConstraint(fields=('job', 'position'), name='import_line_once')],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.BinaryField(max_length=32, unique=True)),
                ('content_hash', models.BinaryField(max_length=32, null=True)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='intake', to='tanggap.report')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tanggap.report')),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tanggap.event')),
                ('notice', models.TextField()),
                ('audience', models.TextField()),
                ('channel', models.TextField()),
                ('clock', models.TextField(blank=True, default='')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('origin', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='tanggap.message')),
                ('state', models.TextField(default='queued')),
                ('reason', models.TextField(blank=True, default='')),
                ('attempts', models.SmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['created_at'], name='message_queued'), models.Index(condition=models.Q(('reason', 'in_digest')), fields=['user', 'created_at'], name='message_in_digest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('origin__isnull', False)), fields=('origin', 'user', 'channel'), name='message_one_copy_each')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='tanggap.report')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('audience', models.TextField()),
                ('text', models.TextField()),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['report', '-id'], name='note_of_report')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['agency', 'unit', 'all'])), name='note_audience_known')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='tanggap.note')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-id'], name='mention_of_user'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='mention_unread')],
                'constraints': [models.UniqueConstraint(fields=('note', 'user'), name='mention_once')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.report')),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['seen_at'], name='presence_seen')],
                'constraints': [models.UniqueConstraint(fields=('report', 'user'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='ReportTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='tanggap.report')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('word', models.CharField(max_length=40)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'word', 'report'], name='report_tag_word')],
                'constraints': [models.UniqueConstraint(fields=('report', 'agency', 'word'), name='report_tag_once')],
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='tanggap.unit')),
                ('kind', models.TextField()),
                ('name', models.TextField()),
                ('text', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'name', 'id'], name='template_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'answer', 'data_request', 'return', 'archive'])), name='template_kind_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='template_ends_after_it_begins'), models.UniqueConstraint(fields=('agency', 'unit', 'kind', 'name'), name='template_name_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16, unique=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('name', models.TextField()),
                ('said', models.JSONField()),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'unit', 'name'], name='saved_view_office')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'agency', 'unit', 'name'), name='saved_view_name_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='tanggap.report')),
                ('number', models.CharField(max_length=9, unique=True)),
                ('is_stub', models.BooleanField(default=False)),
                ('title', models.TextField(blank=True, default='')),
                ('body', models.TextField(blank=True, default='')),
                ('answers', models.TextField(blank=True, default='')),
                ('location', models.TextField(blank=True, default='')),
                ('classification', models.TextField()),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.category')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.area')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('status', models.TextField()),
                ('is_open', models.BooleanField()),
                ('is_returned', models.BooleanField(default=False)),
                ('is_extended', models.BooleanField(default=False)),
                ('outcome', models.TextField(blank=True, default='')),
                ('outcome_on', models.DateField(null=True)),
                ('archive_reason', models.TextField(blank=True, default='')),
                ('event_date', models.DateField(null=True)),
                ('received_at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('due_clock', models.TextField(blank=True, default='')),
                ('answered_in_time', models.BooleanField(null=True)),
                ('verified_in_time', models.BooleanField(null=True)),
                ('rating', models.SmallIntegerField(null=True)),
                ('solved', models.TextField(blank=True, default='')),
                ('reopen_count', models.SmallIntegerField(default=0)),
                ('cluster', models.BigIntegerField(null=True)),
                ('timeline', models.JSONField(default=list)),
                ('clocks', models.JSONField(default=list)),
                ('files', models.JSONField(default=list)),
                ('updated_at', models.DateTimeField()),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='indonesian', weight='A'), '||', django.contrib.postgres.search.SearchVector('body', 'answers', config='indonesian', weight='B'), django.contrib.postgres.search.SearchConfig('indonesian')), '||', django.contrib.postgres.search.SearchVector('title', 'body', 'answers', config='simple', weight='C'), django.contrib.postgres.search.SearchConfig('indonesian')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='publication_search'), models.Index(condition=models.Q(('is_stub', False)), fields=['-published_at', '-id'], name='publication_newest'), models.Index(condition=models.Q(('is_stub', False)), fields=['agency', '-published_at', '-id'], name='publication_agency'), models.Index(condition=models.Q(('is_stub', False)), fields=['category', '-published_at', '-id'], name='publication_category'), models.Index(condition=models.Q(('is_stub', False)), fields=['area', '-published_at', '-id'], name='publication_area', opclasses=['text_pattern_ops', 'timestamptz_ops', 'int8_ops']), models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['agency', 'due_at', 'id'], name='publication_late'), models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['agency', '-answered_at', '-id'], name='publication_answered'), models.Index(condition=models.Q(('cluster__isnull', False)), fields=['cluster'], name='publication_cluster'), models.Index(condition=models.Q(('is_stub', False)), fields=['unit', '-published_at', '-id'], name='publication_unit'), models.Index(condition=models.Q(('is_stub', False)), fields=['status', '-published_at', '-id'], name='publication_status'), models.Index(condition=models.Q(('is_open', True), ('is_stub', False)), fields=['unit', 'due_at', 'id'], name='publication_late_unit'), models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['answered_at', 'answered_in_time'], name='publication_in_time'), models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['agency', 'answered_at'], include=('answered_in_time', 'received_at'), name='publication_answer_spans'), models.Index(condition=models.Q(('answered_at__isnull', False), ('is_stub', False)), fields=['unit', '-answered_at', '-id'], include=('answered_in_time', 'received_at'), name='publication_answered_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_stub', False), models.Q(('answers', ''), ('body', ''), ('files', []), ('location', ''), ('timeline', []), ('title', '')), _connector='OR'), name='publication_stub_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='NamedParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named', to='tanggap.report')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('user__isnull', False)), models.Q(('unit__isnull', False), ('user__isnull', True)), _connector='OR'), name='named_party_is_one'), models.UniqueConstraint(fields=('report', 'user', 'unit'), name='named_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='MemoNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memo_numbers', to='tanggap.report')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('year', models.SmallIntegerField()),
                ('serial', models.IntegerField(null=True)),
                ('number', models.TextField()),
                ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'number'), name='memo_number_once'), models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('unit', 'year', 'serial'), name='memo_serial_once'), models.CheckConstraint(condition=models.Q(('number__gt', '')), name='memo_number_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='tanggap.unit')),
                ('role', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('nonce', models.CharField(max_length=32)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-created_at'], name='invitation_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['agency_admin', 'evaluator', 'head', 'internal_auditor', 'liaison_officer', 'national_admin', 'ombudsman', 'overseer', 'regional_overseer', 'unit_admin'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_expires_later'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='DeskCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.TextField(default='owner')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('status', models.TextField()),
                ('is_overdue', models.BooleanField()),
                ('came_back', models.BooleanField(default=False)),
                ('n', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'capacity', 'unit', 'assignee', 'status', 'is_overdue', 'came_back'), name='desk_count_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='DecreeCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='tanggap.decree')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to='tanggap.unit')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decrees', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('user__isnull', False)), models.Q(('unit__isnull', False), ('user__isnull', True)), _connector='OR'), name='decree_cover_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(max_length=30)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='tanggap.agency')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='tanggap.unit')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'role'], name='appointment_agency_role'), models.Index(fields=['unit', 'role'], name='appointment_unit_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['national_admin', 'agency_admin', 'liaison_officer', 'internal_auditor', 'unit_admin', 'head', 'regional_overseer', 'overseer', 'evaluator', 'ombudsman'])), name='appointment_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['internal_auditor', 'liaison_officer', 'unit_admin']), ('unit__isnull', False)), models.Q(('role__in', ['agency_admin', 'evaluator', 'national_admin', 'ombudsman', 'overseer', 'regional_overseer']), ('unit__isnull', True)), ('role__in', ['head']), _connector='OR'), name='appointment_unit_where_the_office_has_one'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='appointment_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('user', 'role', 'agency', 'unit'), name='appointment_open_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='AdministrationEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=30)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administered', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(max_length=30)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to='tanggap.unit')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administration', to=settings.AUTH_USER_MODEL)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'administration entries',
                'indexes': [models.Index(fields=['agency', '-id'], name='administration_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['account_created', 'account_switched', 'agency_contact', 'decree_entered', 'decree_withdrawn', 'directory_linked', 'directory_unlinked', 'invitation_withdrawn', 'invited', 'memo_mode', 'office_ended', 'office_given', 'password_set', 'unit_added', 'unit_dissolved', 'unit_moved', 'unit_renamed'])), name='administration_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.TextField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.TextField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tanggap.unit')),
                ('reason', models.TextField()),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['agency', '-at', '-id'], name='access_log_agency')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='tanggap.unit')),
                ('name', models.TextField()),
                ('short_name', models.TextField(blank=True, default='')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'valid_to'], name='unit_name_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='unit_name_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('deputy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField()),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['last_day'], name='absence_in_force'), models.Index(fields=['user', 'last_day'], name='absence_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='absence_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('deputy', models.F('user')), _negated=True), _connector='OR'), name='absence_deputy_is_another')],
            },
        ),
        migrations.RunSQL([RECORD, LOGS, VAULT, COUNTS, SEARCH, QUEUE], BACKWARD),
    ]
