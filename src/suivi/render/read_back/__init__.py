"""A paper of ours that was finished in Word, compared with the document it was made from. No Django.

`read_back(document, file)` gives the changes paragraph by paragraph, the comments and the computed figures
that do not say any more what was computed.
"""

from suivi.render.read_back.comparison import read_back
from suivi.render.read_back.model import (
    Change,
    CommentFound,
    Edit,
    FigureFate,
    FigureFound,
    How,
    ReadBack,
    Refusal,
)

__all__ = [
    "Change",
    "CommentFound",
    "Edit",
    "FigureFate",
    "FigureFound",
    "How",
    "ReadBack",
    "Refusal",
    "read_back",
]
