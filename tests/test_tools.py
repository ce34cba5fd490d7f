"""`make` on a new machine: the environment is whole or begun again, a browser is found, fetched, or its lack told."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import pytest

from tools import browser, setup


def fake_chromium(folder: Path, *, output: str, code: int = 0) -> Path:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\necho '{output}'\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser; the folder is the whole of its PATH."""
    for name in ("DATELINE_BROWSER", "CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC_APPS", ())
    monkeypatch.setattr(browser, "playwright_own", lambda: None)
    return tmp_path


def test_installed_browser_is_used(no_browser: Path) -> None:
    path = fake_chromium(no_browser, output="Chromium 150.0")
    assert browser.get() == str(path)


def test_command_that_only_says_where_to_get_a_browser_is_passed_over(no_browser: Path) -> None:
    fake_chromium(no_browser, output="install chromium from the store", code=10)
    assert browser.find() is None


def test_wrong_browser_name_is_quoted_and_nothing_else_is_taken(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_chromium(no_browser, output="Chromium 150.0")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chrome")
    with pytest.raises(browser.BrowserNotFoundError, match="'/nowhere/chrome'"):
        browser.get()


def test_system_package_is_tried_before_playwrights_download(no_browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def install_debian() -> bool:
        tried.append("debian")
        return False

    def install_playwright() -> bool:
        tried.append("playwright")
        fake_chromium(no_browser, output="Chromium 150.0")
        return True

    monkeypatch.setattr(browser, "install_debian", install_debian)
    monkeypatch.setattr(browser, "install_playwright", install_playwright)
    assert browser.get().endswith("/chromium")
    assert tried == ["debian", "playwright"]


def test_no_browser_to_be_had_fails_and_says_how(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "install_debian", lambda: False)
    monkeypatch.setattr(browser, "install_playwright", lambda: False)
    assert browser.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "make test CHROMIUM=" in said.err


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout whose installs take no time; pip's exit code is 0."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "STAMP", tmp_path / ".venv" / ".installed")
    monkeypatch.setattr(setup, "LOCK_FILE", tmp_path / "requirements.lock")
    (tmp_path / "requirements.lock").write_text("a==1")
    monkeypatch.setattr(venv, "create", lambda folder, **_: folder.mkdir(exist_ok=True))
    return tmp_path


def pip_ends_with(monkeypatch: pytest.MonkeyPatch, code: int) -> list[list[str]]:
    """Lets every command end with `code`; the installs among them are noted."""
    installs: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        if "pip" in command:
            installs.append(command)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", run)
    return installs


def test_environment_is_installed_once(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs = pip_ends_with(monkeypatch, 0)
    assert [setup.main(), setup.main()] == [0, 0]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]


def test_new_versions_are_installed_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs = pip_ends_with(monkeypatch, 0)
    setup.main()
    (checkout / "requirements.lock").write_text("a==2")
    setup.main()
    assert len(installs) == 2


def test_install_that_failed_is_begun_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_ends_with(monkeypatch, 2)
    assert setup.main() == 2
    assert not setup.STAMP.exists()
    installs = pip_ends_with(monkeypatch, 0)
    assert setup.main() == 0
    assert len(installs) == 1
