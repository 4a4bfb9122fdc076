"""The styles part of a workbook: each look once, in the order in which it was first asked for."""

from xml.sax.saxutils import quoteattr

from suivi.workbooks.model import Look, Shape

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHAPES = {Shape.GENERAL: 0, Shape.TEXT: 49, Shape.DAY: 164, Shape.NUMBER: 165}
_BORDER = "".join(
    f'<{side} style="thin"><color rgb="FFBFC5CC"/></{side}>' for side in ("left", "right", "top", "bottom")
)


class Styles:
    """Gives every look its number, and writes them all."""

    def __init__(self) -> None:
        self._looks: dict[tuple[Look, bool], int] = {(Look(), False): 0}
        self._fonts: dict[str, int] = {_font(Look()): 0}
        # The first two fills are fixed by the format.
        self._fills = {'<patternFill patternType="none"/>': 0, '<patternFill patternType="gray125"/>': 1}

    def number_of(self, look: Look, *, is_quoted: bool = False) -> int:
        """The number of a look. A quoted text stays a text when somebody edits the cell."""
        return self._looks.setdefault((look, is_quoted), len(self._looks))

    def xml(self) -> str:
        """The part `xl/styles.xml`."""
        formats = "".join(self._format(look, is_quoted) for look, is_quoted in self._looks)
        shapes = "".join(
            f"<numFmt numFmtId={quoteattr(str(number))} formatCode={quoteattr(shape.value)}/>"
            for shape, number in _SHAPES.items()
            if number >= 164
        )
        fills = "".join(f"<fill>{one}</fill>" for one in self._fills)
        return (
            f'<styleSheet xmlns="{_NAMESPACE}"><numFmts count="2">{shapes}</numFmts>'
            f'<fonts count="{len(self._fonts)}">{"".join(self._fonts)}</fonts>'
            f'<fills count="{len(self._fills)}">{fills}</fills>'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            f"<border>{_BORDER}<diagonal/></border></borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._looks)}">{formats}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )

    def _format(self, look: Look, is_quoted: bool) -> str:
        font = self._fonts.setdefault(_font(look), len(self._fonts))
        fill = self._fills.setdefault(_fill(look), len(self._fills))
        quote = ' quotePrefix="1"' if is_quoted else ""
        wrap = ' wrapText="1"' if look.is_wrapped else ""
        return (
            f'<xf numFmtId="{_SHAPES[look.shape]}" fontId="{font}" fillId="{fill}"'
            f' borderId="{int(look.has_border)}" xfId="0"{quote} applyNumberFormat="1" applyFont="1"'
            ' applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
            f'<alignment vertical="top"{wrap}/><protection locked="{int(not look.is_unlocked)}"/></xf>'
        )


def _font(look: Look) -> str:
    marks = ("<b/>" if look.is_bold else "") + ("<i/>" if look.is_italic else "")
    colour = f'<color rgb="FF{look.colour}"/>' if look.colour else ""
    return f'<font>{marks}<sz val="{look.size}"/>{colour}<name val="Calibri"/><family val="2"/></font>'


def _fill(look: Look) -> str:
    if not look.fill:
        return '<patternFill patternType="none"/>'
    return f'<patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/></patternFill>'
