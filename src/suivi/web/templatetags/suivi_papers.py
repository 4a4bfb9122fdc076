"""Addresses on pages of papers."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def section_address(plan: str, paper: str, section: str, language: str) -> str:
    """The page on which a section is written, in a language."""
    return f"{reverse('section', args=[plan, paper, section])}?{urlencode({'language': language})}"
