"""What the reading of a document carries from block to block."""

from dataclasses import dataclass, field

from suivi.documents.interpretation.columns import Column
from suivi.documents.interpretation.layout import Survey
from suivi.documents.interpretation.ledger import Ledger
from suivi.documents.interpretation.outline import Outline, Part, Said
from suivi.documents.words.vocabulary import Level
from suivi.findings import Place


@dataclass
class LinkBlock:
    """A sentence that names actions, and the list under it of what they serve.

    `numbers` are the actions it names; empty means `scope`: the action or pillar it stands under.
    """

    numbers: list[str]
    place: Place
    items: list[Said] = field(default_factory=list)
    scope: Part | None = None


@dataclass
class State:
    """The outline and the account, the columns of the table at hand, and what is open."""

    survey: Survey
    language: str
    outline: Outline = field(default_factory=Outline)
    ledger: Ledger = field(default_factory=Ledger)
    columns: tuple[Column, ...] = ()
    link_block: LinkBlock | None = None
    link_blocks: list[LinkBlock] = field(default_factory=list)
    carried: dict[int, Said] = field(default_factory=dict)  # column -> last words, for merged cells
    is_fiscal: bool = False
    left_out: set[str] = field(default_factory=set)  # headings of columns that have been named in a finding
    action_fields: dict[str, Said] = field(default_factory=dict)  # said beside the action for all below it
    labels: dict[Level, str] = field(default_factory=dict)
