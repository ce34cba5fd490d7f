"""The repository keeps its own rules: what lies where, who imports whom, what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

TOP = {
    ".ci",
    ".gitignore",
    ".streamlit",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "benchmarks",
    "dashboard.py",
    "data",
    "geo",
    "pyproject.toml",
    "requirements.lock",
    "story",
    "tests",
    "tools",
    "view",
}
# The owner may add a licence at any time.
OPTIONAL = {"LICENSE", "CONTRIBUTING.md", "docs", ".gitattributes"}
# Put together here, so that this file does not name them either.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("unpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    )
]
# What the standard library tells in no other way.
FOREIGN_MESSAGES = [
    "story/model/metadata.py: re.search('line (\\\\d+)', str(error))",
    "story/tables/readers/delimited.py: 'unexpected end of data' in str(error)",
]
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:root|home|Users|work|opt)/\w")


@pytest.fixture(scope="module")
def kept(root: Path) -> list[Path]:
    """Every file that is, or is about to be, in the repository; relative to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: what belongs to it cannot be told from what lies about")
    return sorted(Path(name) for name in names if name and (root / name).is_file())


@pytest.fixture(scope="module")
def texts(root: Path, kept: list[Path]) -> dict[str, str]:
    """The text of every kept file that is text, by its path."""
    found = {}
    for path in kept:
        content = (root / path).read_bytes()
        if b"\0" not in content[:8000]:
            found[path.as_posix()] = content.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    with (root / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def test_no_link_is_kept(root: Path, kept: list[Path]) -> None:
    """A link leads elsewhere on another machine, and what it stands for is missing there."""
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines() if line.startswith("120000")] == []


def test_top_level_holds_what_it_should_and_no_more(kept: list[Path]) -> None:
    found = {path.parts[0] for path in kept}
    assert found - TOP - OPTIONAL == set(), "not expected at the top level"
    assert TOP - OPTIONAL - found == set(), "missing at the top level"


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    said = [f"{path}: {host}" for path, text in texts.items() for host in HOSTS if host in text]
    assert said == []


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    said = [f"{path}: {found.group()}" for path, text in texts.items() for found in MACHINE_PATH.finditer(text)]
    assert said == []


def test_every_data_file_has_its_source_and_licence_told(kept: list[Path], texts: dict[str, str]) -> None:
    sources = texts.get("data/SOURCES.md", "")
    named = set(re.findall(r"`([^`\s]+)`", sources))
    untold = []
    for path in kept:
        inside = path.relative_to("data") if path.parts[0] == "data" else None
        if inside is None or inside.suffix == ".py" or inside.name in {"SOURCES.md", "manifest.json"}:
            continue
        # A folder may be told as a whole, the big ones right under data/ not.
        ways = {inside.as_posix(), *(f"{folder.as_posix()}/" for folder in inside.parents if len(folder.parts) > 1)}
        if not named & (ways | {f"data/{way}" for way in ways}):
            untold.append(inside.as_posix())
    assert untold == [], "name each in data/SOURCES.md between backticks, itself or its folder: `gazetteer/places/`"


def test_imports_run_from_the_page_to_geo_and_never_back(root: Path) -> None:
    # In a process of its own: it silences every logger there is, and with them the traces that other tests read.
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lock_has_a_checksum_for_every_package_and_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert len(entries) > 20
    without = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry.split()[0]]
    assert without == []


def test_lock_keeps_to_what_the_project_asks_for(root: Path, project: dict[str, Any]) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;]+)", text))
    asked = project["project"]
    for line in [*asked["dependencies"], *asked["optional-dependencies"]["dev"]]:
        requirement = Requirement(line)
        version = locked.get(requirement.name)
        assert version is not None, f"{requirement.name} is not locked: run `make lock`"
        assert requirement.specifier.contains(version, prereleases=True), f"{line} is locked at {version}"


def _looks_into_words(node: ast.AST) -> bool:
    """Whether code decides by the words of an error, problem or reason, which are for people alone."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        held = any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)
        named = any(isinstance(side, ast.Constant) and isinstance(side.value, str) and side.value for side in sides)
        equal = any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        return (held or (equal and named)) and any(map(_is_message, sides))
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
        return any(map(_is_message, node.args))
    return node.func.attr in {"startswith", "endswith", "find", "index", "count"} and _is_message(node.func.value)


def _is_message(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"lower", "casefold", "strip"} and _is_message(node.func.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str":
        return any(isinstance(one, ast.Name) and one.id in {"error", "exc", "e", "problem"} for one in node.args)
    return isinstance(node, ast.Attribute) and node.attr in {"message", "reason", "why", "msg"}


def test_no_code_decides_by_the_words_of_a_message(texts: dict[str, str]) -> None:
    found = [
        f"{path}: {ast.unparse(node)}"
        for path, text in texts.items()
        if path.startswith(("dashboard.py", "view/", "story/", "geo/")) and path.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if _looks_into_words(node)
    ]
    assert sorted(found) == FOREIGN_MESSAGES, "give the error a code and compare that"
