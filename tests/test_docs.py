"""What README says a person can type, name or open is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from story.model.columns import COLUMNS, REQUIRED

OUR_MODULES = ("geo", "story", "benchmarks", "tools", "data")
VARIABLE = re.compile(r"\bDATELINE_[A-Z_]+\b")


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    path = root / "README.md"
    assert path.exists(), "README.md is missing"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def blocks(readme: str) -> list[str]:
    """The fenced blocks of README, without their fences."""
    return re.findall(r"(?ms)^```[^\n]*\n(.*?)^```", readme)


@pytest.fixture(scope="module")
def commands(readme: str, blocks: list[str]) -> list[str]:
    """Every command line that README shows, in blocks (with or without `$`) and between backticks."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", readme))
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in [*lines, *spans] if re.match(r"(make|python3?|\S*/python3?) \S", line)]


def words_of(command: str) -> list[str]:
    """A command's words, up to a comment, a pipe or a redirection."""
    words = shlex.split(command, comments=True)
    ends = [words.index(sign) for sign in ("|", "<", ">", "&&") if sign in words]
    return words[: min(ends, default=len(words))]


def test_readme_gives_the_two_commands_of_a_newcomer(commands: list[str]) -> None:
    first_words = {tuple(words_of(command)[:2]) for command in commands}
    assert {("make", "run"), ("make", "test")} <= first_words


def test_every_make_target_and_setting_in_readme_exists(root: Path, commands: list[str]) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", makefile))
    settings = set(re.findall(r"(?m)^([A-Z]+) \?=", makefile))
    for command in commands:
        words = words_of(command)
        if words[0] != "make":
            continue
        for word in words[1:]:
            name, sign, _ = word.partition("=")
            assert name in (settings if sign else targets), f"{command!r}: make knows no {name!r}"


def test_every_make_target_is_in_the_help(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    helped = set(re.findall(r"make ([a-z]+)", makefile.partition("help:\n")[2].partition("\n\n")[0]))
    targets = set(re.findall(r"(?m)^([a-z]+):", makefile))
    assert targets - helped == {"help"}


def test_every_python_command_in_readme_is_understood(root: Path, commands: list[str]) -> None:
    helps: dict[tuple[str, ...], str] = {}
    for command in commands:
        words = words_of(command)
        if words[1] != "-m" or words[2].partition(".")[0] not in OUR_MODULES:
            continue
        plain = [word for word in words[3:4] if re.fullmatch("[a-z]+", word)] if words[2] in ("geo", "story") else []
        asked = (words[2], *plain)
        if asked not in helps:
            helps[asked] = help_of(root, asked)
        for flag in (word.partition("=")[0] for word in words[3:] if re.match(r"--[a-z]", word)):
            assert re.search(rf"(?<![\w-]){flag}(?![\w-])", helps[asked]), f"{command!r}: there is no {flag}"


def help_of(root: Path, asked: tuple[str, ...]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *asked, "--help"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert done.returncode == 0, f"python -m {' '.join(asked)} --help ends with {done.returncode}: {done.stderr}"
    return done.stdout


def test_every_variable_in_readme_is_read_by_the_code(root: Path, readme: str) -> None:
    sources = [root / "Makefile", root / "dashboard.py"]
    for folder in ("geo", "story", "view", "tools", "benchmarks"):
        sources += (root / folder).rglob("*.py")
    read = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert set(VARIABLE.findall(readme)) <= read


def test_every_column_of_a_story_is_in_readme(readme: str) -> None:
    named = set(re.findall(r"`([a-z_]+)`", readme))
    assert set(COLUMNS) - named == set()


def test_stories_shown_in_readme_have_columns_that_are_read(blocks: list[str]) -> None:
    headers = [block.splitlines()[0].split(",") for block in blocks if block.count(",") > 4 and block.strip()]
    shown = [header for header in headers if {"place", "when"} <= set(header)]
    assert shown, "README shows no example of reports.csv"
    for header in shown:
        assert set(header) <= set(COLUMNS)
        assert set(REQUIRED) <= set(header)


def test_every_file_that_readme_links_to_is_there(root: Path, readme: str) -> None:
    linked = re.findall(r"\]\(([^)#\s]+)", readme) + re.findall(r'src="([^"]+)"', readme)
    missing = [target for target in linked if "://" not in target and not (root / target).exists()]
    assert missing == []


def test_changelog_tells_of_the_version_that_the_project_has(root: Path) -> None:
    path = root / "CHANGELOG.md"
    assert path.exists(), "CHANGELOG.md is missing"
    version = re.search(r'(?m)^version = "([^"]+)"', (root / "pyproject.toml").read_text(encoding="utf-8"))
    assert version is not None
    assert version.group(1) in path.read_text(encoding="utf-8")
