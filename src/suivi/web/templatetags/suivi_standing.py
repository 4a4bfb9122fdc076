"""How status looks in templates."""

from collections.abc import Iterator

from django import template
from django.utils.safestring import SafeString

from suivi.web.dashboard_page import GroupLine, GroupTable
from suivi.web.standing import Standing, StatusCount

register = template.Library()


@register.simple_tag
def status_tag(standing: Standing, code: str) -> SafeString:
    """A status as shape and word on its tint."""
    return standing.tag(code)


@register.filter
def counted(line: GroupLine, table: GroupTable) -> Iterator[tuple[StatusCount, int]]:
    """The statuses of a table, each with the count of the line."""
    return zip(table.statuses, line.counts, strict=True)
