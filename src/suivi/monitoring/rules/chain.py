"""The arithmetic of the hash chain: what is digested, and how one link holds the next."""

import hashlib
import json
from typing import Any


def digest_of(facts: Any) -> str:
    """SHA-256 in hex over canonical JSON: sorted keys, no spaces, UTF-8."""
    plain = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def digest_of_address(url: str) -> str:
    """SHA-256 in hex of the address of a link: what stays of it when it is withdrawn."""
    return hashlib.sha256(url.encode()).hexdigest()


def hash_of_link(number: int, previous: str, kind: str, digest: str) -> str:
    """The hash of a link: over its number, the hash before it ("" for the first), its kind and its digest."""
    return hashlib.sha256(f"{number}|{previous}|{kind}|{digest}".encode()).hexdigest()
