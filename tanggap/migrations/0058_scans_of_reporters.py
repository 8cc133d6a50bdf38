"""A scan that came with a report typed in at the counter is the reporter's own, also where it was kept before (ADR 0045).

That a file came with the first event of a report says so: whoever filed it, the words and files are the reporter's, and
a part of a divided report has no others. The mark is no part of the chain, which is not touched. It is not erased
either, so the guard that lets a file only be erased stands aside, for this one transaction.
"""

from django.db import migrations

MEND = """
ALTER TABLE tanggap_attachment DISABLE TRIGGER attachment_only_erase;
UPDATE tanggap_attachment AS file SET is_reporters = true
FROM tanggap_event AS event
WHERE event.id = file.event_id AND event.kind = 'submit' AND NOT file.is_reporters;
ALTER TABLE tanggap_attachment ENABLE ALWAYS TRIGGER attachment_only_erase;
"""


class Migration(migrations.Migration):
    """One column of rows that are there. Safe to run again."""

    dependencies = [
        ('tanggap', '0057_unsent_forms'),
    ]

    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
