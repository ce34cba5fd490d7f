"""The library as the page reaches it: by many readers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FIRST_AT_ONCE = """
import threading
from view.work import library

failed = []

def reach(first):
    try:
        first()
    except Exception as error:
        failed.append(error)

some = [library.library, lambda: library.say(ValueError("x")), lambda: library.ask(lambda kept: kept.stories(), ())]
threads = [threading.Thread(target=reach, args=(first,)) for first in some * 2]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(failed)
"""


def test_all_who_need_the_library_first_at_the_same_time_get_it(root: Path, library_url: str) -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_AT_ONCE], cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
