"""What the database refuses and keeps by itself, whatever the code does: triggers and their functions, by subject."""

# What only grows: nothing in it is changed, removed or emptied (ADR 0010, 0028, 0030, 0031, 0033, 0057, 0060, 0066, 0067).
APPEND_ONLY = {
    "event": "tanggap_event",
    "accesslog": "tanggap_accesslog",
    "administration": "tanggap_administrationentry",
    "note": "tanggap_note",
    "memonumber": "tanggap_memonumber",
    "memorule": "tanggap_memorule",
    "frozenperiod": "tanggap_frozenperiod",
    "frozenfigures": "tanggap_frozenfigures",
    "logentry": "tanggap_logentry",
    "lognode": "tanggap_lognode",
    "recordkey": "tanggap_recordkey",
    "checkpoint": "tanggap_checkpoint",
    "recapfile": "tanggap_recapfile",
    "assessmentact": "tanggap_assessmentact",
    "assessmentpoint": "tanggap_assessmentpoint",
    "recommendationact": "tanggap_recommendationact",
    "recommendationfile": "tanggap_recommendationfile",
    "problemact": "tanggap_problemact",
    "problemrule": "tanggap_problemrule",
}
# ENABLE ALWAYS: they fire in replica mode too.
_ONLY_GROWS = """
CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION tanggap_refuse();
CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tanggap_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}_append_only;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}_no_truncate;
"""

# Said by most of them.
REFUSE = """
CREATE FUNCTION tanggap_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'tanggap: % on % is refused: the record is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

GROWING = "".join(_ONLY_GROWS.format(name=name, table=table) for name, table in APPEND_ONLY.items())

# Nothing of a report is deleted, and a text or a file is only erased (ADR 0010).
RECORD = """
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
"""

# What deadlines name.
REFERENCE = """
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

# Inside talk (ADR 0030).
TALK = """
-- A note stays as it was written; of a mention only that it was read is noted, once.
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

# Counters of the desk (ADR 0012, 0026, 0042).
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
    IF r.goes_along THEN
        RETURN QUERY
        SELECT 'along', r.owner_agency_id, r.owner_unit_id, r.assignee_id, r.status, r.is_overdue, r.came_back;
    END IF;
END $$;

-- A delta per change, folded by a job, so that no two writers wait for one row.
CREATE FUNCTION tanggap_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.owner_agency_id, NEW.owner_unit_id, NEW.assignee_id, NEW.status, NEW.is_overdue, NEW.came_back,
            NEW.offered_agency_id, NEW.former_agency_ids, NEW.is_disputed, NEW.supervisory,
            NEW.is_confidential, NEW.held_answer_by_id, NEW.supporting_agency_ids, NEW.supporting_unit_ids, NEW.memo_state, NEW.memo_by_id, NEW.goes_along)
           IS NOT DISTINCT FROM
           (OLD.owner_agency_id, OLD.owner_unit_id, OLD.assignee_id, OLD.status, OLD.is_overdue, OLD.came_back,
            OLD.offered_agency_id, OLD.former_agency_ids, OLD.is_disputed, OLD.supervisory,
            OLD.is_confidential, OLD.held_answer_by_id, OLD.supporting_agency_ids, OLD.supporting_unit_ids, OLD.memo_state, OLD.memo_by_id, OLD.goes_along) THEN
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

# Of reports that are handled together, the lead alone is work (ADR 0042). A member goes along while it stands where its
# lead stands and nothing came back to it alone. Whatever writes one of them, this follows in the same transaction; all of
# a cluster are locked before.
ALONG = """
CREATE FUNCTION tanggap_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tanggap_report SET goes_along = false WHERE id = NEW.id AND goes_along AND cluster_lead_id IS NULL;
    UPDATE tanggap_report AS member SET goes_along = NOT member.goes_along
    FROM tanggap_report AS lead
    WHERE lead.id = member.cluster_lead_id AND (member.id = NEW.id OR member.cluster_lead_id = NEW.id)
        AND member.goes_along <> (member.status = lead.status
            AND member.owner_agency_id = lead.owner_agency_id
            AND member.owner_unit_id IS NOT DISTINCT FROM lead.owner_unit_id
            AND member.assignee_id IS NOT DISTINCT FROM lead.assignee_id
            AND (lead.came_back OR NOT member.came_back));
    RETURN NULL;
END $$;
CREATE TRIGGER report_goes_along
    AFTER UPDATE OF status, owner_agency_id, owner_unit_id, assignee_id, came_back, cluster_lead_id, member_count
    ON tanggap_report FOR EACH ROW
    WHEN (NEW.cluster_lead_id IS NOT NULL OR OLD.cluster_lead_id IS NOT NULL OR NEW.member_count > 0)
    EXECUTE FUNCTION tanggap_goes_along();
ALTER TABLE tanggap_report ENABLE ALWAYS TRIGGER report_goes_along;
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

# A note of each report that something was written of (ADR 0057).
FIGURES = """
-- One row for each report and statement; a job reads its facts anew and takes the row away.
CREATE FUNCTION tanggap_indicator_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tanggap_indicatordue (report_id) SELECT DISTINCT report_id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER event_indicated AFTER INSERT ON tanggap_event
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tanggap_indicator_due();
ALTER TABLE tanggap_event ENABLE ALWAYS TRIGGER event_indicated;
"""

# What a recap says (ADR 0066).
RECAPS = """
-- What a recap says stays as it was said; that it is published is written later, once.
CREATE FUNCTION tanggap_recap_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a recap is never removed';
    END IF;
    IF OLD.state IN ('done', 'failed') AND (
        (NEW.key, NEW.agency_id, NEW.period, NEW.asked_by_id, NEW.asked_at, NEW.signed, NEW.state, NEW.reason,
            NEW.content, NEW.checksum, NEW.finished_at)
        IS DISTINCT FROM
        (OLD.key, OLD.agency_id, OLD.period, OLD.asked_by_id, OLD.asked_at, OLD.signed, OLD.state, OLD.reason,
            OLD.content, OLD.checksum, OLD.finished_at)
        OR OLD.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what a recap says is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recap_stays BEFORE UPDATE OR DELETE ON tanggap_recap
    FOR EACH ROW EXECUTE FUNCTION tanggap_recap_stays();
ALTER TABLE tanggap_recap ENABLE ALWAYS TRIGGER recap_stays;
"""

FORWARD = [REFUSE, GROWING, RECORD, REFERENCE, TALK, VAULT, COUNTS, ALONG, SEARCH, FIGURES, RECAPS]
# The triggers go with their functions.
BACKWARD = """
DROP FUNCTION
    tanggap_refuse, tanggap_only_erase_text, tanggap_only_erase_file, tanggap_report_stays,
    tanggap_only_end_day, tanggap_only_read_mention, tanggap_guard_identity, tanggap_guard_contact,
    tanggap_report_counts, tanggap_count_report, tanggap_goes_along, tanggap_search_new,
    tanggap_search_event, tanggap_search_text, tanggap_indicator_due, tanggap_recap_stays
    CASCADE
"""
