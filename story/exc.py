"""The errors of the `story` package. Each is a `StoryError` and the builtin that fits, and says what to do."""

from __future__ import annotations

from typing import Literal

DateFault = Literal["not a date", "too long", "several days", "ends first", "not in the calendar", "no year"]
"""What is wrong with a text that is not taken for a date; several days are days all the same, but no one span."""


class StoryError(Exception):
    """The base of every error that `story` raises on purpose."""


class DateFormatError(StoryError, ValueError):
    """A text that cannot be read as a date; `code` says what is wrong with it, for code to act on."""

    def __init__(self, message: str, code: DateFault = "not a date") -> None:
        super().__init__(message)
        self.code = code


class DayOrderError(StoryError, ValueError):
    """Two days of which the one that is to come first comes after the other."""


class StoryFormatError(StoryError, ValueError):
    """A story file or folder that cannot be read as one at all."""


class StoryTooNewError(StoryFormatError):
    """A story that a later Dateline has kept, in a form that this one does not know."""


class ArticleFormatError(StoryFormatError):
    """A file, a text or an address that no article can be read from."""


class TableAddressError(StoryError, ConnectionError):
    """An address from which no table can be had."""


class PictureFormatError(StoryFormatError):
    """A file that no picture can be read from, or too large a one."""


class ClusterUnreachableError(StoryError, ConnectionError):
    """A Dask scheduler that does not answer where it is said to be."""


class TableSizeError(StoryFormatError):
    """A table with more bytes, rows, columns or cells than are read."""


class ColumnNameError(StoryError, LookupError):
    """A column or field that a matching names and that is not there."""


class FilterError(StoryError, LookupError):
    """A filter that asks for somebody or a field that a story does not have, or in a form that cannot be read."""


class RowNotFoundError(StoryError, LookupError):
    """A row that is no longer in the story."""


class ProposalError(StoryError, ValueError):
    """A draft of a report that cannot become one yet."""


class ProposalNotFoundError(StoryError, LookupError):
    """A draft of a report, or what it was to be merged with, that is no longer there."""


class OpeningCancelledError(StoryError, RuntimeError):
    """A story whose opening was cancelled."""


class StoryNotFoundError(StoryError, LookupError):
    """A story that is not there."""


class LibraryError(StoryError):
    """The base of what is wrong with a library as a whole."""


class LibraryUnreachableError(LibraryError, ConnectionError):
    """A library that is not where it is said to be, or does not answer."""


class LibraryUnwritableError(LibraryError, OSError):
    """A library that cannot be written to now: full, busy or read-only. What was there is whole."""


class LibraryBusyError(LibraryUnwritableError):
    """A library that others are using at this moment, and that will answer soon."""


class LibraryTooNewError(LibraryError, RuntimeError):
    """A library whose tables a later Dateline has made."""


class RevisionDamagedError(StoryError, ValueError):
    """A revision whose bytes are no longer those that were saved."""


class StoryConflictError(StoryError, RuntimeError):
    """Somebody else saved the story in the meantime; `number` is that of the revision that they saved."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.number = number


class ExportFormatError(StoryError, ValueError):
    """A format that nothing here can write."""
