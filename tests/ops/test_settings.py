"""The environment's variables become Django's settings."""

from __future__ import annotations

import runpy

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("given", "seconds", "subdomains", "preload"),
    [
        ({}, 31536000, False, False),
        ({"SUBDOMAINS": "on"}, 31536000, True, False),
        ({"SUBDOMAINS": "on", "PRELOAD": "on"}, 31536000, True, True),
        ({"PRELOAD": "on"}, 31536000, False, False),  # the list takes no host without its subdomains
    ],
)
def test_browsers_are_bound_to_https_no_further_than_was_asked(
    monkeypatch, tmp_path, given, seconds, subdomains, preload
):
    monkeypatch.setenv("BAOZANG_DATA", str(tmp_path))
    monkeypatch.setenv("BAOZANG_HTTPS", "on")
    for name, value in given.items():
        monkeypatch.setenv(f"BAOZANG_HSTS_{name}", value)
    settings = runpy.run_path(str(ROOT / "config" / "settings.py"))
    assert settings["SECURE_HSTS_SECONDS"] == seconds
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is subdomains
    assert settings["SECURE_HSTS_PRELOAD"] is preload


def test_without_https_no_browser_is_bound(monkeypatch, tmp_path):
    monkeypatch.setenv("BAOZANG_DATA", str(tmp_path))
    monkeypatch.setenv("BAOZANG_HTTPS", "off")
    for name in ("SUBDOMAINS", "PRELOAD"):
        monkeypatch.setenv(f"BAOZANG_HSTS_{name}", "on")
    settings = runpy.run_path(str(ROOT / "config" / "settings.py"))
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert not settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not settings["SECURE_HSTS_PRELOAD"]
