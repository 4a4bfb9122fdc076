"""At most one unit is accountable for a deliverable on any day.

PostgreSQL holds it with an exclusion constraint over two ranges, SQLite with triggers: it has no
exclusion constraints. A later migration that rebuilds the table on SQLite drops the triggers; the test
`test_one_accountable` then says so, and that migration calls `make_triggers` again.
"""

from django.db import migrations

POSTGRESQL = """
ALTER TABLE plan_responsibility ADD CONSTRAINT one_accountable_at_a_time EXCLUDE USING gist (
    int8range(deliverable_id, deliverable_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (role = 'accountable' AND superseded_at IS NULL)
"""

SQLITE = """
CREATE TRIGGER one_accountable_at_a_time_{event} BEFORE {event} ON plan_responsibility
WHEN NEW.role = 'accountable' AND NEW.superseded_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'one_accountable_at_a_time') WHERE EXISTS (
        SELECT 1 FROM plan_responsibility AS other
        WHERE other.deliverable_id = NEW.deliverable_id
          AND other.role = 'accountable' AND other.superseded_at IS NULL
          AND other.id IS NOT NEW.id
          AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
          AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31')
    );
END
"""


def make_triggers(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(SQLITE.format(event=event))


def drop_triggers(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE plan_responsibility DROP CONSTRAINT one_accountable_at_a_time")
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(f"DROP TRIGGER one_accountable_at_a_time_{event}")


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]
    operations = [migrations.RunPython(make_triggers, drop_triggers)]
