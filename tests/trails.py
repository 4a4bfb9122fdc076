"""A database that refuses every line of the audit trail, to see that nothing is written without one."""

from django.db import connection

_REFUSE = {
    "postgresql": (
        "CREATE FUNCTION refuse_trail() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no trail'; END $$",
        "CREATE TRIGGER refuse_trail BEFORE INSERT ON core_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_trail()",
    ),
    "sqlite": (
        "CREATE TRIGGER refuse_trail BEFORE INSERT ON core_auditentry "
        "BEGIN SELECT RAISE(ABORT, 'no trail'); END",
    ),
}
_ALLOW = {
    "postgresql": ("DROP TRIGGER refuse_trail ON core_auditentry", "DROP FUNCTION refuse_trail"),
    "sqlite": ("DROP TRIGGER refuse_trail",),
}


def refuse_trail() -> None:
    """From now on every line fails with the words "no trail"."""
    _run(_REFUSE[connection.vendor])


def allow_trail() -> None:
    """Lines are taken again."""
    _run(_ALLOW[connection.vendor])


def _run(statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
