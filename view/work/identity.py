"""The names that this server gives to browsers, signed: nobody can claim one that was not given.

Whoever holds a name sees the work of its browser. As a cookie, which only the browser itself sends when a page is
loaded, a name without a signature counts too if the library has something for it: earlier versions gave such ones. From
the page's script only a signed one does.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st
from itsdangerous import BadSignature, Signer

from story.exc import LibraryUnwritableError
from view.work import library

if TYPE_CHECKING:
    from story.library.revisions import Library

LENGTH = 32


@st.cache_resource(show_spinner=False)
def _own_key() -> bytes:
    """What is signed with while the library does not answer: good for as long as this server runs."""
    return secrets.token_bytes(32)


@st.cache_resource(show_spinner=False)
def _library_keys() -> dict[str, bytes]:
    """Address of a library -> its key, once it was read."""
    return {}


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(LENGTH // 2)


def token(name: str) -> str:
    """The name as its browser is given it."""
    return _signer(_keys()[0]).sign(name).decode()


def signed(given: str) -> str | None:
    """The name in what the page's script or a cookie says; None where no server of this library has signed it."""
    for key in _keys():
        try:
            name = _signer(key).unsign(given).decode()
        except (BadSignature, UnicodeError):
            continue
        return name if _is_name(name) else None
    return None


def of_cookie(given: str) -> str | None:
    """The name in a cookie that came with the page's loading; None where it is not one that was given.

    Where the library does not answer, and so nobody can tell, that is None too: see `library.trouble`.
    """
    name = signed(given)
    if name is None:
        bare = given.partition(".")[0]
        if _is_name(bare) and library.ask(lambda kept: kept.autosaves.knows(bare), False):
            name = bare
    return name


def _keys() -> list[bytes]:
    """The keys that count, the one to sign with first."""
    known, address = _library_keys(), library.address()
    if address not in known and (key := library.ask(_key_of, None)):
        known[address] = key
    return [*([known[address]] if address in known else []), _own_key()]


def _key_of(kept: Library) -> bytes | None:
    # One that may only be read can be read all the same.
    with suppress(LibraryUnwritableError):
        return kept.signing_key()
    return None


def _signer(key: bytes) -> Signer:
    return Signer(key, salt="dateline.browser", digest_method=hashlib.sha256)


def _is_name(text: str) -> bool:
    return len(text) == LENGTH and text.isascii() and text.isalnum()
