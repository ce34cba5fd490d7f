"""Values to HTML by Jinja2 templates, which escape whatever is put into them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path, *, keep_trailing_newline: bool = False) -> Environment:
    """The templates of a folder, each read and compiled when it is first used, then kept: no click waits for the disk.

    A value that a template needs and is not given raises jinja2.UndefinedError.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        auto_reload=False,
    )
