"""What is rendered once for all pages: never anything of one reader's page."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

PAGE = Template(
    "{% load fixed i18n %}{% fixed name %}{% translate '日历' %} {{ name }} {{ reader }}{% endfixed %} {{ reader }}"
)


def shown(language: str, **values: str) -> str:
    with translation.override(language):
        return PAGE.render(Context(values))


def test_each_language_has_its_own() -> None:
    assert shown("zh-hans", name="报藏") == "日历 报藏  "
    assert shown("en", name="报藏") == "Calendar 报藏  "
    assert shown("zh-hans", name="报藏") == "日历 报藏  "


def test_named_values_are_told_apart_and_escaped() -> None:
    assert shown("zh-hans", name="甲") != shown("zh-hans", name="乙")
    assert "&lt;b&gt;" in shown("zh-hans", name="<b>")


def test_what_is_not_named_stays_outside() -> None:
    assert shown("zh-hans", name="报藏", reader="甲") == "日历 报藏  甲"
    assert shown("zh-hans", name="报藏", reader="乙") == "日历 报藏  乙"
