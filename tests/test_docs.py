"""What README, CONTRIBUTING and the pages of docs say a person can type, name or open is there."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from story.model.columns import COLUMNS, REQUIRED

OUR_MODULES = ("geo", "story", "benchmarks", "tools", "data")
PACKAGES = ("geo", "story", "view", "benchmarks", "tools", "tests", "dashboard")
FOLDERS = ("geo", "story", "view", "benchmarks", "tools", "tests", "data", "docs")
VARIABLE = re.compile(r"\bDATELINE_[A-Z_]+\b")
FILE = re.compile(rf"(?<![\w./-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w|(?<![\w./-])\w+\.(?:py|md|toml)\b(?!\.)")
NAME = re.compile(rf"(?<![\w./-])(?:{'|'.join(PACKAGES)})(?:\.\w+)+(?![\w/])")
ENDINGS = ("py", "toml", "csv", "md")
# Files of a reader's own, which the pages speak of by name.
THEIRS = ("story.toml", "reports.csv")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """The text of every page, by its path."""
    paths = [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]
    assert len(paths) > 5, "the pages of docs are missing"
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def blocks(pages: dict[str, str]) -> list[str]:
    """The fenced blocks of all pages, without their fences."""
    return [block for text in pages.values() for block in blocks_of(text)]


@pytest.fixture(scope="module")
def commands(pages: dict[str, str]) -> list[str]:
    """Every command line that a page shows."""
    return [command for text in pages.values() for command in commands_of(text)]


def blocks_of(page: str) -> list[str]:
    return re.findall(r"(?ms)^ *```[^\n]*\n(.*?)^ *```", page)


def spans_of(page: str) -> list[str]:
    """What stands between backticks outside blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^ *```.*?^ *```", "", page))


def commands_of(page: str) -> list[str]:
    """The command lines of a page, in blocks (with or without `$`) and between backticks."""
    shown = [line for block in blocks_of(page) for line in block.replace("\\\n", " ").splitlines()]
    lines = [line.strip().removeprefix("$ ") for line in shown]
    return [line for line in [*lines, *spans_of(page)] if re.match(r"(make|python3?|\S*/python3?) \S", line)]


def words_of(command: str) -> list[str]:
    """A command's words, up to a comment, a pipe or a redirection."""
    words = shlex.split(command, comments=True)
    ends = [words.index(sign) for sign in ("|", "<", ">", "&&") if sign in words]
    return words[: min(ends, default=len(words))]


def test_readme_gives_a_newcomer_a_picture_and_two_commands_on_its_first_screen(pages: dict[str, str]) -> None:
    first_screen = "\n".join(pages["README.md"].splitlines()[:20])
    assert "](docs/dashboard.png)" in first_screen
    first_words = {tuple(words_of(command)[:2]) for command in commands_of(first_screen)}
    assert {("make", "run"), ("make", "test")} <= first_words


def test_readme_links_to_every_page(pages: dict[str, str]) -> None:
    linked = set(re.findall(r"\]\(([^)#\s]+)", pages["README.md"]))
    assert set(pages) - {"README.md"} - linked == set()


def test_every_make_target_and_setting_that_a_page_names_exists(root: Path, commands: list[str]) -> None:
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


def test_every_python_command_that_a_page_shows_is_understood(root: Path, commands: list[str]) -> None:
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


def test_every_variable_that_a_page_names_is_read_by_the_code(root: Path, pages: dict[str, str]) -> None:
    sources = [root / "Makefile", root / "dashboard.py"]
    for folder in ("geo", "story", "view", "tools", "benchmarks"):
        sources += (root / folder).rglob("*.py")
    read = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert {name for text in pages.values() for name in VARIABLE.findall(text)} <= read


def test_every_column_of_a_story_is_in_the_page_on_formats(pages: dict[str, str]) -> None:
    named = set(re.findall(r"`([a-z_]+)`", pages["docs/formats.md"]))
    assert set(COLUMNS) - named == set()


def test_stories_that_a_page_shows_have_columns_that_are_read(blocks: list[str]) -> None:
    headers = [block.splitlines()[0].split(",") for block in blocks if block.count(",") > 4 and block.strip()]
    shown = [header for header in headers if {"place", "when"} <= set(header)]
    assert shown, "no page shows an example of reports.csv"
    for header in shown:
        assert set(header) <= set(COLUMNS)
        assert set(REQUIRED) <= set(header)


def test_every_file_and_heading_that_a_page_links_to_is_there(root: Path, pages: dict[str, str]) -> None:
    missing = []
    changelog = {"CHANGELOG.md": (root / "CHANGELOG.md").read_text(encoding="utf-8")}
    for page, text in (pages | changelog).items():
        linked = re.findall(r"\]\(([^)\s]+)", text) + re.findall(r'src="([^"]+)"', text)
        for target in (target for target in linked if "://" not in target):
            name, _, heading = target.partition("#")
            path = (root / page).parent / name if name else root / page
            if not path.exists() or (heading and heading not in headings(path)):
                missing.append(f"{page}: {target}")
    assert missing == []


def headings(path: Path) -> set[str]:
    """The anchors that a page's headings have."""
    found = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_path_that_a_page_names_is_there(root: Path, pages: dict[str, str]) -> None:
    named = {(page, path) for page, text in pages.items() for code in code_of(text) for path in FILE.findall(code)}
    missing = [f"{page}: {path}" for page, path in named if path not in THEIRS and not (root / path).exists()]
    assert sorted(missing) == []
    assert len(named) > 50, "the paths that the pages name are not found"


def test_every_module_and_function_that_a_page_names_is_there(root: Path, pages: dict[str, str]) -> None:
    named = {(page, name) for page, text in pages.items() for code in code_of(text) for name in NAME.findall(code)}
    named = {(page, name) for page, name in named if name.rpartition(".")[2] not in ENDINGS}
    assert sorted(f"{page}: {name}" for page, name in named if not is_defined(root, name)) == []
    assert len(named) > 50, "the names that the pages give are not found"


@pytest.mark.parametrize(
    "name", ["geo.nowhere", "geo.names.forms.nothing", "story.tables.table.TableLimits.nothing", "view.state.Address"]
)
def test_a_name_that_the_code_has_not_is_told(root: Path, name: str) -> None:
    assert not is_defined(root, name)


def test_every_message_that_points_to_a_page_points_to_one_that_is_there(root: Path) -> None:
    sources = [root / "dashboard.py", *(path for folder in PACKAGES[:3] for path in (root / folder).rglob("*.py"))]
    said = {
        (path.name, page)
        for path in sources
        for page in re.findall(r"\bdocs/[\w-]+\.md\b|\bREADME\b", path.read_text(encoding="utf-8"))
    }
    assert [page for _, page in said if page != "README" and not (root / page).exists()] == []
    assert [file for file, page in said if page == "README"] == [], "README only leads on: name the page of docs"


def code_of(page: str) -> list[str]:
    """Everything on a page that is set as code."""
    return [*blocks_of(page), *spans_of(page)]


def is_defined(root: Path, name: str) -> bool:
    """Whether a dotted name is a package, a module, or what a module or a class in it defines itself."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        stem = root.joinpath(*parts[:size])
        if stem.is_dir() and size == len(parts):
            return True
        if (path := stem.with_suffix(".py")).is_file():
            rest = parts[size:]
            return not rest or ".".join(rest) in definitions(path)
    return False


@lru_cache
def definitions(path: Path) -> frozenset[str]:
    """The names that a module defines, those of its classes as `Class.name`."""
    found: set[str] = set()

    def collect(body: list[ast.stmt], within: str) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(f"{within}{node.name}")
            if isinstance(node, ast.ClassDef):
                collect(node.body, f"{within}{node.name}.")
            if isinstance(node, ast.If):
                collect([*node.body, *node.orelse], within)
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AnnAssign)
                else []
            )
            found.update(f"{within}{target.id}" for target in targets if isinstance(target, ast.Name))

    collect(ast.parse(path.read_text(encoding="utf-8")).body, "")
    return frozenset(found)


@pytest.mark.parametrize("package", ["geo", "story", "story.tables", "view"])
def test_tables_of_rooms_say_what_the_import_contracts_hold(root: Path, pages: dict[str, str], package: str) -> None:
    """Every room in the order of its contract, and in the last column none that the contract forbids."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = (contract for contract in contracts if contract.get("containers") == [package])
    layers = [re.split(r" [|:] ", layer) for layer in contract["layers"]]
    mutual = {room for layer in contract["layers"] if " : " in layer for room in layer.split(" : ")}
    ignored = {tuple(one.split(" -> ")) for one in contract.get("ignore_imports", ())}

    section = re.search(rf"(?ms)^### {re.escape(package)}: .*?(?=^##|\Z)", pages["docs/architecture.md"])
    assert section is not None, f"docs/architecture.md has no section on {package}"
    table = [line.strip("|").split(" | ") for line in section[0].splitlines() if line.startswith("| `")]
    rooms = [row[0].strip(" `") for row in table]
    assert rooms == [room for layer in layers for room in layer]

    at = {room: number for number, layer in enumerate(layers) for room in layer}
    for room, row in zip(rooms, table, strict=True):
        allowed, _, kept_out = row[2].partition("not ")
        for other in re.findall(r"`([\w.]+)`", allowed):
            fits = at[other] > at[room] or (at[other] == at[room] and room in mutual)
            assert fits or (f"{package}.{room}", f"{package}.{other}") in ignored, f"{room} may not lean on {other}"
        for other in re.findall(r"`([\w.]+)`", kept_out):
            kept_apart = at[other] == at[room] and room not in mutual
            assert kept_apart, f"{room} may lean on {other}, or could never be thought to"


def test_changelog_tells_of_the_version_that_the_project_has(root: Path) -> None:
    path = root / "CHANGELOG.md"
    assert path.exists(), "CHANGELOG.md is missing"
    version = re.search(r'(?m)^version = "([^"]+)"', (root / "pyproject.toml").read_text(encoding="utf-8"))
    assert version is not None
    assert f"## [{version.group(1)}] - " in path.read_text(encoding="utf-8")


def test_changelog_goes_from_what_is_unreleased_back_to_the_first_release(root: Path) -> None:
    found = re.findall(r"(?m)^## (.+)$", (root / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert found[0] == "[Unreleased]"
    releases = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", heading) for heading in found[1:]]
    assert all(releases), f"write each release as '## [0.1.0] - 2025-10-24', not as one of {found[1:]}"
    order = [([int(part) for part in release.groups()[:3]], release[4]) for release in releases if release]
    assert order == sorted(order, reverse=True)
