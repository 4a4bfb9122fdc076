"""How a language sets its numbers, days, years and quotes: a setting of the organisation.

The defaults follow the adopted document: British English with "per cent", French without a space before
: and ; nor inside « », biennia 2022–23 in English, 2022-23 in French, 2022-2023 in Spanish.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from suivi.values.errors import InputRefused

NO_BREAK = "\u00a0"

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avril mai juin juill. août sept. oct. nov. déc.",
    "es": "ene. feb. mar. abr. mayo jun. jul. ago. sept. oct. nov. dic.",
}


def month_names(language: str) -> dict[str, int]:
    """The names of the months of a language and their short forms, in lower case, to their numbers."""
    base = language.replace("_", "-").split("-")[0].lower()
    names = (table.get(base, table["en"]).split() for table in (_MONTHS, _SHORT_MONTHS))
    return {name.lower(): number for each in names for number, name in enumerate(each, 1)}


@dataclass(frozen=True)
class Typography:
    """The forms of one language. Spaces that must not break are U+00A0."""

    language: str
    open_quote: str = "“"
    close_quote: str = "”"
    before_colon: str = ""  # also before ; ? ! where a house asks for it
    apostrophe: str = "’"
    decimal_mark: str = "."
    thousands_mark: str = ","
    per_cent_words: str = "per cent"
    per_cent_sign: str = "%"
    years_dash: str = "–"
    biennium_digits: int = 2

    @classmethod
    def of(cls, language: str) -> "Typography":
        """The organisation's forms of a language; an unknown language is set like English, under its code."""
        base = _base(language)
        return replace(_HOUSE.get(base) or cls.adopted(language), language=language)

    @classmethod
    def adopted(cls, language: str) -> "Typography":
        """The forms of the adopted document, which hold where the organisation has none of its own."""
        return replace(_DEFAULTS.get(_base(language), _DEFAULTS["en"]), language=language)

    @classmethod
    def classical_french(cls) -> "Typography":
        """French with a no-break space before : and ; and inside « »."""
        return replace(
            _DEFAULTS["fr"], open_quote=f"«{NO_BREAK}", close_quote=f"{NO_BREAK}»", before_colon=NO_BREAK
        )

    @property
    def _months(self) -> str:
        return _base(self.language) if _base(self.language) in _MONTHS else "en"

    def number(self, value: int | Decimal, places: int | None = None) -> str:
        """A number with its marks: 1,234.5 or 1 234,5. `places` rounds half up; without it, as it is."""
        exact = Decimal(value)
        if places is not None:
            exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        whole, _, fraction = f"{abs(exact):f}".partition(".")
        grouped = f"{int(whole):,}".replace(",", self.thousands_mark)
        sign = "−" if exact < 0 else ""
        return f"{sign}{grouped}{self.decimal_mark}{fraction}" if fraction else f"{sign}{grouped}"

    def per_cent(self, value: int | Decimal, places: int | None = None) -> str:
        """In prose: "37.5 per cent", "37,5 pour cent", "37,5 por ciento"."""
        return f"{self.number(value, places)}{NO_BREAK}{self.per_cent_words}"

    def short_per_cent(self, value: int | Decimal, places: int | None = None) -> str:
        """In tables: "37.5%", "37,5 %"."""
        return f"{self.number(value, places)}{self.per_cent_sign}"

    def day(self, on: date) -> str:
        """In sentences: "15 February 2023", "1er mars 2023", "15 de febrero de 2023"."""
        month = _MONTHS[self._months].split()[on.month - 1]
        if self._months == "es":
            return f"{on.day}{NO_BREAK}de{NO_BREAK}{month} de{NO_BREAK}{on.year}"
        first = "er" if self._months == "fr" and on.day == 1 else ""
        return f"{on.day}{first}{NO_BREAK}{month}{NO_BREAK}{on.year}"

    def short_day(self, on: date) -> str:
        """In tables: "15 Feb 2023", "15 févr. 2023", "15 feb. 2023"."""
        month = self.short_month(on)
        first = "er" if self._months == "fr" and on.day == 1 else ""
        return f"{on.day}{first}{NO_BREAK}{month}{NO_BREAK}{on.year}"

    def short_month(self, on: date) -> str:
        """A month on an axis: "Feb", "févr.", "feb."."""
        return _SHORT_MONTHS[self._months].split()[on.month - 1]

    def month(self, on: date) -> str:
        """A month with its year: "February 2023", "febrero de 2023"."""
        name = _MONTHS[self._months].split()[on.month - 1]
        return f"{name} de{NO_BREAK}{on.year}" if self._months == "es" else f"{name}{NO_BREAK}{on.year}"

    def years(self, first: int, last: int) -> str:
        """A window of years in full: 2021–2023; one year stands alone."""
        return str(first) if first == last else f"{first}{self.years_dash}{last}"

    def biennium(self, first: int) -> str:
        """Two years of a programme and budget: 2022–23, 2022-23, 2022-2023."""
        last = str(first + 1)[-self.biennium_digits :]
        return f"{first}{self.years_dash}{last}"

    def quote(self, words: str) -> str:
        """The words in the quotes of the language."""
        return f"{self.open_quote}{words}{self.close_quote}"

    def labelled(self, label: str, words: str) -> str:
        """A label, a colon, and what it labels."""
        return f"{label}{self.before_colon}: {words}"


def set_house_forms(forms: Mapping[str, Mapping[str, object]]) -> None:
    """Let the organisation's own forms hold from now on: language to the fields that differ from ours.

    Called once, when a process starts. Raises InputRefused for a form that there is not, or no such value.
    """
    _HOUSE.clear()
    known = {one.name: one.type for one in fields(Typography) if one.name != "language"}
    for language, own in forms.items():
        for name, value in own.items():
            if name not in known:
                raise InputRefused(
                    "There is no form of typography “%(name)s”. There are: %(known)s.",
                    {"name": name, "known": ", ".join(known)},
                )
            if not isinstance(value, int if name == "biennium_digits" else str) or value in (0, True):
                raise InputRefused("The form of typography “%(name)s” has no such value.", {"name": name})
        _HOUSE[_base(language)] = replace(Typography.adopted(language), **dict(own))  # type: ignore[arg-type]


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


_HOUSE: dict[str, Typography] = {}
_DEFAULTS = {
    "en": Typography("en"),
    "fr": Typography(
        "fr",
        open_quote="«",
        close_quote="»",
        apostrophe="'",
        decimal_mark=",",
        thousands_mark=NO_BREAK,
        per_cent_words="pour cent",
        per_cent_sign=f"{NO_BREAK}%",
        years_dash="-",
    ),
    "es": Typography(
        "es",
        decimal_mark=",",
        thousands_mark=NO_BREAK,
        per_cent_words="por ciento",
        per_cent_sign=f"{NO_BREAK}%",
        years_dash="-",
        biennium_digits=4,
    ),
}
