"""All that 0001 to 0071 lead to, in one step: what a new database gets (ADR 0038, 0069).

A database that has taken the single steps is at this one, too. The tables are as the models say, and what the models
cannot say follows them; both stand by subject in the modules beside this.
"""

from django.db import migrations
from django.db.migrations.operations.base import Operation

from . import _one_desk, _one_guards, _one_offices, _one_people, _one_public, _one_reference, _one_reports

SUBJECTS = (_one_reference, _one_people, _one_reports, _one_desk, _one_public, _one_offices)

# Before the tables: for what is found by parts of words.
EXTENSIONS = "CREATE EXTENSION IF NOT EXISTS pg_trgm"

# A worker finds its next job along the index, however many jobs wait (ADR 0004). Measured with 3,000 jobs in a queue
# that the planner believed to be empty, as it does on the day with many reports: 6.1 ms for each fetch, and 0.6 ms so.
QUEUE = "ALTER FUNCTION procrastinate_fetch_job_v2(character varying[], bigint) SET enable_sort = off"
UNQUEUE = "ALTER FUNCTION procrastinate_fetch_job_v2(character varying[], bigint) RESET enable_sort"


class MakeTables(Operation):
    """Make many tables: Django draws the models once, and not all of them again for each table."""

    def __init__(self, tables):
        self.tables = tables

    def state_forwards(self, app_label, state):
        """Say what there is, and leave the drawing to whoever asks first."""
        if "apps" in state.__dict__:
            del state.apps
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make them, and their indexes and foreign keys at once.

        Left to the end, these would come after the transaction, and so would the note that the step is taken:
        killed in between, a database would be made and not known to be.
        """
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement)
        schema_editor.deferred_sql.clear()

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Make {len(self.tables)} tables"


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
        ("tanggap", "0050_short_messages"),
        ("tanggap", "0051_desk_indexes"),
        ("tanggap", "0052_goes_along"),
        ("tanggap", "0053_asked_from_outside"),
        ("tanggap", "0054_proposals"),
        ("tanggap", "0055_told_apart"),
        ("tanggap", "0056_edits"),
        ("tanggap", "0057_unsent_forms"),
        ("tanggap", "0058_scans_of_reporters"),
        ("tanggap", "0059_public_search"),
        ("tanggap", "0060_indicators"),
        ("tanggap", "0061_moderation"),
        ("tanggap", "0062_record"),
        ("tanggap", "0063_assessments"),
        ("tanggap", "0064_map_counts"),
        ("tanggap", "0065_open_data"),
        ("tanggap", "0066_support"),
        ("tanggap", "0067_received_days"),
        ("tanggap", "0068_recaps"),
        ("tanggap", "0069_recommendations"),
        ("tanggap", "0070_missed_open_data"),
        ("tanggap", "0071_problems"),
    ]
    # Accounts and rights of Django before ours: each of their steps would draw all of our models again.
    dependencies = [("auth", "0012_alter_user_first_name_max_length"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop),
        MakeTables([table for subject in SUBJECTS for table in subject.TABLES]),
        migrations.RunSQL([*_one_guards.FORWARD, QUEUE], [_one_guards.BACKWARD, UNQUEUE]),
    ]
