"""The lines that are written: one an article, by one writer only, and what a run that was broken off had written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from story.exc import ArticleFormatError

_SYNC_EVERY = 100


class Output:
    """A file of JSON lines that is taken up where it ended. `done` are the keys of the articles that stand in it.

    A last line that was not finished is dropped. Only one process may write it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: set[str] = set()
        self._count = 0
        end = self._read() if path.exists() else 0
        self._file: IO[bytes] = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(end)
        self._file.seek(end)

    def _read(self) -> int:
        """Takes in the keys, and gives the end of the last whole line."""
        end = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break
                try:
                    self.done.add(json.loads(line)["key"])
                except (ValueError, KeyError, TypeError):
                    raise ArticleFormatError(
                        f"'{self.path}' line {number} was not written by this command. Give --to another path."
                    ) from None
                end += len(line)
        return end

    def write(self, document: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._count += 1
        if self._count % _SYNC_EVERY == 0:
            self._sync()

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sync()
        self._file.close()
