"""Reads the organisation's own forms of numbers, quotes and signs, by language, from a small file."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from suivi.values.errors import InputRefused

_HINT = "Write a language, and below it the forms that differ from ours, such as decimal_mark."


def typography_forms(environment: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """What the file of SUIVI_TYPOGRAPHY says: language to the names of forms and their values.

    Nothing without the variable. Raises InputRefused where the file cannot be read or is no such table.
    """
    name = environment.get("SUIVI_TYPOGRAPHY", "").strip()
    if not name:
        return {}
    try:
        said = yaml.safe_load(Path(name).expanduser().read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = getattr(error, "strerror", None) or "it is no YAML in UTF-8"
        raise InputRefused(
            "The file of SUIVI_TYPOGRAPHY, %(name)s, cannot be read: %(reason)s.",
            {"name": name, "reason": reason},
            _HINT,
        ) from error
    if not isinstance(said, dict) or not all(isinstance(forms, dict) for forms in said.values()):
        raise InputRefused(
            "The file of SUIVI_TYPOGRAPHY, %(name)s, is no table of languages.", {"name": name}, _HINT
        )
    return {
        str(language): {str(key): value for key, value in forms.items()} for language, forms in said.items()
    }
