"""Host names as they are set and as browsers send them."""

from __future__ import annotations

import logging

import pytest

from view.serve.headers import frame_ancestors
from view.serve.hosts import Host, allowed_hosts, read_host


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("News.Example.org", Host("news.example.org")),
        ("news.example.org.:8501", Host("news.example.org", 8501)),
        ("[::1]:80", Host("::1", 80)),
        ("", None),
        ("user@news.example.org", None),
        ("news.example.org/path", None),
        ("news.example.org:0", None),
        ("news.example.org:99999", None),
        ("news.example.org:٣", None),
        ("a b", None),
    ],
)
def test_a_host_is_read_as_browsers_write_it(text: str, host: Host | None) -> None:
    assert read_host(text) == host


def test_the_address_that_the_server_is_bound_to_is_answered() -> None:
    hosts = allowed_hosts("", "192.168.1.5")
    assert hosts.cover(Host("192.168.1.5", 8501))
    assert hosts.cover(Host("localhost", 8501))
    assert not hosts.cover(Host("192.168.1.6", 8501))
    assert allowed_hosts("", "::1").cover(Host("::1", 8501))


@pytest.mark.parametrize("address", ["0.0.0.0", "::", None])
def test_a_server_on_every_address_says_which_setting_names_it(
    caplog: pytest.LogCaptureFixture, address: str | None
) -> None:
    with caplog.at_level(logging.WARNING):
        assert not allowed_hosts("", address).cover(Host("0.0.0.0", 8501))
    assert "DATELINE_HOSTS" in caplog.text
    caplog.clear()
    allowed_hosts("news.example.org", address)
    assert not caplog.text


@pytest.mark.parametrize("text", ["http://news.example.org", "a b", "news.example.org:port", "*"])
def test_what_is_no_host_name_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="DATELINE_HOSTS holds"):
        allowed_hosts(f"news.example.org,{text}", None)


def test_sites_that_may_embed_the_page_cannot_say_anything_else() -> None:
    assert frame_ancestors("https://a.example https://*.b.example:8443") == (
        "'self' https://a.example https://*.b.example:8443"
    )
    for text in ("*", "https://a.example; script-src *", "'none'"):
        with pytest.raises(ValueError, match="DATELINE_FRAME_ANCESTORS"):
            frame_ancestors(text)
