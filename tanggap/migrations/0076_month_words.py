"""An index of the words of each month: the newest reports that say something are found at any size (ADR 0075)."""

from django.db import migrations

# Every word of a report, in each form that is searched for, and all that a list is narrowed by (~a: agency, ~u: unit,
# ~c: category, ~w: the area and those around it, ~s: status, ~o: outcome, ~k: classification), with the month of the
# publication before each. No word of a text begins with "~". `selectors/month_words.py` asks in the same words.
FUNCTION = """
CREATE FUNCTION tanggap_month_words(
    published timestamptz, search tsvector, agency bigint, unit bigint, category text, area text, status text,
    outcome text, classification text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_agg(
        extract(year FROM published AT TIME ZONE 'UTC') * 12 + extract(month FROM published AT TIME ZONE 'UTC') - 1
        || ':' || word
    ))
    FROM unnest(tsvector_to_array(search) || ARRAY[
        '~a' || agency, '~u' || unit, '~c' || category, '~s' || status, '~o' || outcome, '~k' || classification,
        '~w' || substring(area from '^[^.]+'), '~w' || substring(area from '^[^.]+[.][^.]+'),
        '~w' || substring(area from '^[^.]+[.][^.]+[.][^.]+'), '~w' || area
    ]) AS word
    WHERE word IS NOT NULL
$$;
"""
INDEX = """
CREATE INDEX publication_month_words ON tanggap_publication USING gin (tanggap_month_words(
    published_at, search, agency_id, unit_id, category_id, area_id, status, outcome, classification
)) WITH (fastupdate = off) WHERE NOT is_stub;
"""


class Migration(migrations.Migration):
    """A function, and the index over what it returns."""

    dependencies = [
        ('tanggap', '0075_indicator_due_from'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION tanggap_month_words;"),
        migrations.RunSQL(INDEX, "DROP INDEX publication_month_words;"),
    ]
