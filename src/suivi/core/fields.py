"""Field classes that keep values exact and texts multilingual on both databases."""

import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.values.text import Text

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

SCALE = 10_000
# Texts and numbers that rows have in common, and those of the pages read all day, are taken apart once.
# A text with its translations takes one to two kilobytes.
TEXTS_KEPT, NUMBERS_KEPT = 8192, 1024


class TextField(models.JSONField):
    """A `Text` in one JSON column; empty texts are stored as such, never as NULL."""

    description = _("Text in several languages")

    def from_db_value(
        self, value: str | None, _expression: "Expression", _connection: "BaseDatabaseWrapper"
    ) -> Text | None:
        return None if value is None else _read_text(value)

    def to_python(self, value: Any) -> Text | None:
        if value is None or isinstance(value, Text):
            return value
        return Text.from_json(value)

    def get_prep_value(self, value: Any) -> Any:
        return value.to_json() if isinstance(value, Text) else value

    def get_db_prep_value(self, value: Any, connection: "BaseDatabaseWrapper", prepared: bool = False) -> Any:
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:  # noqa: ARG002
        if not isinstance(value, Text):
            raise ValidationError(_("This is not a text in several languages."))
        if not self.blank and not value:
            raise ValidationError(_("This text is empty. Write it in at least one language."))

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))


@lru_cache(TEXTS_KEPT)
def _read_text(stored: str) -> Text | None:
    data = json.loads(stored)
    return None if data is None else Text.from_json(data)


if TYPE_CHECKING:
    _BigInteger = models.BigIntegerField[Decimal | int | str | None, Decimal | None]
else:
    _BigInteger = models.BigIntegerField


class ScaledDecimalField(_BigInteger):
    """A Decimal with up to four places, kept as an integer of 1/10,000 so that sums are exact everywhere."""

    description = _("Exact number")

    def from_db_value(self, value: int | None, *_context: object) -> Decimal | None:
        return None if value is None else descaled(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None else Decimal(str(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        scaled = Decimal(str(value)) * SCALE
        if scaled != scaled.to_integral_value():
            raise ValidationError(_("%(value)s has more than four decimal places."), params={"value": value})
        return int(scaled)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(
            self, **{"form_class": forms.DecimalField, "decimal_places": 4, **kwargs}
        )


@lru_cache(NUMBERS_KEPT)
def descaled(value: int) -> Decimal:
    """The number that is kept as so many 1/10,000."""
    number = Decimal(value) / SCALE
    whole = number.to_integral_value()
    # 10 and not 10.0000: the number as people wrote it.
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()
