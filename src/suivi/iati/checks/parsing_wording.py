"""The messages of the XML parser in words that say what to look for: where a file stops being XML."""

import re
from functools import cache

from suivi.iati.checks.sentences import Told
from suivi.values.messages import Message, gettext_noop

_ENCODING = gettext_noop(
    "Save the file as UTF-8 (in the editor: save as, encoding UTF-8), and let the first line say so."
)
_AMPERSAND = gettext_noop("Write &amp; for the sign &, in the addresses of pages, too.")
_LESS = gettext_noop("Write &lt; for the sign < inside a text or a value.")
_QUOTES = gettext_noop('Write each value in straight quotation marks, as in code="2".')
_UNCLOSED = gettext_noop("Look there for an end tag that is missing, or make the file again.")
_PATTERNS = (
    (
        r".*(?:Invalid bytes in character encoding|not proper UTF-8|input conversion failed).*",
        gettext_noop("There are signs in this line that are not in the encoding of the file."),
        _ENCODING,
    ),
    (
        r"Document labelled .*|Unsupported encoding.*",
        gettext_noop("The first line names an encoding that the file does not have."),
        _ENCODING,
    ),
    (
        r"xmlParseEntityRef: no name|EntityRef: expecting ';'",
        gettext_noop("There is a sign & that stands for itself."),
        _AMPERSAND,
    ),
    (
        r"Entity '(?P<name>[^']*)' not defined",
        gettext_noop("“&%(name)s;” means nothing in XML."),
        gettext_noop("Write the sign itself; only &amp; &lt; &gt; &quot; and &apos; are known."),
    ),
    (
        r"Opening and ending tag mismatch: (?P<opened>\S+) line (?P<line>\d+) and (?P<closed>\S+)",
        gettext_noop("<%(opened)s>, opened in line %(line)s, is closed here as </%(closed)s>."),
        gettext_noop("Write </%(opened)s> where it ends; perhaps another tag between the two is not closed."),
    ),
    (
        r"Premature end of data in tag (?P<opened>\S+) line (?P<line>\d+)",
        gettext_noop("The file ends while <%(opened)s>, opened in line %(line)s, is still open."),
        _UNCLOSED,
    ),
    (
        r"(?:StartTag: invalid element name|Unescaped '<' not allowed in attributes values)",
        gettext_noop("There is a sign < that begins no tag."),
        _LESS,
    ),
    (
        r"(?:PCDATA|.*[Cc]harRef).*invalid (?:xml)?Char value.*|.*Char 0x.* out of allowed range.*",
        gettext_noop("There is an invisible control character that XML does not allow."),
        gettext_noop("Delete it: it often comes with text copied from another program."),
    ),
    (
        r"Attribute (?P<name>\S+) redefined",
        gettext_noop("A tag has %(name)s twice."),
        gettext_noop("Take one of the two away."),
    ),
    (
        r"AttValue: .*|error parsing attribute name|attributes construct error"
        r"|Specification mandates value for attribute .*|Couldn't find end of Start Tag .*",
        gettext_noop("A tag is not written to its end, or a value in it has no quotation marks."),
        _QUOTES,
    ),
    (
        r"XML (?:or text )?declaration (?:not at start of entity|allowed only at the start.*)",
        gettext_noop("Something stands before <?xml ...?>, perhaps a blank or an empty line."),
        gettext_noop("Begin the file with <?xml, without anything before it."),
    ),
    (
        r"Start tag expected, '<' not found|Document is empty|no element found",
        gettext_noop("The file is empty, or it is no XML at all."),
        gettext_noop("Choose the .xml file that is to be published, not a table or a document."),
    ),
    (
        r"Blank needed here",
        gettext_noop("A blank is missing in a tag, or the first line names a wrong encoding."),
        _ENCODING,
    ),
    (
        r"Unregistered error message|CData section not finished.*|Comment not terminated.*",
        gettext_noop("The file ends inside a comment or another part that is not closed."),
        gettext_noop("Close it (--> or ]]>), or make the file again."),
    ),
    (
        r"Extra content at the end of the document",
        gettext_noop("Something stands behind the end of the file’s last tag."),
        gettext_noop("Take it away, or look for an end tag that comes too early."),
    ),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), what, mend) for pattern, what, mend in _PATTERNS)


def parsing_words(message: str, other: Told) -> tuple[Message, Message]:
    """What is wrong and how to mend it, from a message of libxml2 (English); `other` for rare ones."""
    said = message.strip().rstrip(".")
    for pattern, what, mend in _compiled():
        if found := pattern.fullmatch(said):
            params = found.groupdict()
            return Message(what, params), Message(mend, params)
    return Message(other.what, {"message": said}), Message(other.mend)
