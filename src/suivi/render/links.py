"""The addresses that a document may carry."""

from suivi.render.runs import flat


def link_of(href: str) -> str:
    """The address of a link if it leads to the web or to a mailbox, else nothing: the words stay."""
    address = flat(href).replace(" ", "%20")
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""
