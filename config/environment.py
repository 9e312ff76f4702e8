"""Every setting that an operator can make, in one table: name, default, meaning.

README.md shows the same table; a test holds the two together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.errors import SettingError


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable. ``read`` turns its text into a value and raises ValueError when it can't."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any] = str


def _flag(text: str) -> bool:
    if text.lower() in ("1", "on", "true", "yes"):
        return True
    if text.lower() in ("", "0", "off", "false", "no"):
        return False
    raise ValueError("write on or off")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("write a whole number above 0")
    return number


def _not_negative(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("write a whole number, 0 or above")
    return number


VARIABLES = (
    Variable("BAOZANG_DATA", "var", "folder for the database, index, secret key and uploads"),
    Variable("BAOZANG_SECRET_KEY", "", "Django's secret key; empty: made once and kept in the data folder"),
    Variable(
        "BAOZANG_HOSTS",
        "127.0.0.1,localhost,[::1]",
        "host names the site answers to, comma-separated",
        _words,
    ),
    Variable(
        "BAOZANG_ORIGINS",
        "",
        "trusted origins for forms behind a proxy, such as https://news.example",
        _words,
    ),
    Variable(
        "BAOZANG_HTTPS",
        "on",
        "served over HTTPS: secure cookies, redirect, HSTS (make serve turns it off)",
        _flag,
    ),
    Variable(
        "BAOZANG_PROXY", "off", "trust X-Forwarded-Proto and X-Forwarded-For of a proxy in front", _flag
    ),
    Variable("BAOZANG_HSTS_SECONDS", "31536000", "how long browsers remember to use HTTPS", _not_negative),
    Variable(
        "BAOZANG_HSTS_SUBDOMAINS",
        "off",
        "the same for every subdomain of the host: see docs/deploy.md",
        _flag,
    ),
    Variable("BAOZANG_HSTS_PRELOAD", "off", "ask browsers to ship with that: see docs/deploy.md", _flag),
    Variable("BAOZANG_DEBUG", "off", "Django's debug pages; never on a public machine", _flag),
    Variable(
        "BAOZANG_DATABASE", "", "path of the SQLite database; empty: baozang.sqlite3 in the data folder"
    ),
    Variable("BAOZANG_INDEX", "", "folder of the search index; empty: index in the data folder"),
    Variable(
        "BAOZANG_SEARCH_ENGINE",
        "search.engines.whoosh.WhooshEngine",
        "the search engine's class, as a dotted path",
    ),
    Variable("BAOZANG_LANGUAGE", "zh-hans", "interface language until a reader chooses: zh-hans or en"),
    Variable("BAOZANG_TIME_ZONE", "Asia/Shanghai", "time zone of the times shown"),
    Variable("BAOZANG_SITE_NAME", "报藏", "the archive's name in titles and feeds"),
    Variable(
        "BAOZANG_NEWSPAPER", "jiaozuo-ribao", "slug of the newspaper that dumps without facts belong to"
    ),
    Variable("BAOZANG_MAX_DUMP_MB", "32", "largest dump that is read, in MiB", _positive),
    Variable("BAOZANG_PORT", "8000", "port of make serve", _positive),
    Variable("BAOZANG_WEB_WORKERS", "2", "gunicorn's web workers under make serve", _positive),
    Variable("BAOZANG_SEARCH_RATE", "120", "searches a minute from one address; 0: no limit", _not_negative),
    Variable("BAOZANG_COPYRIGHT", "", "copyright line of the footer"),
    Variable("BAOZANG_CONTACT", "", "contact shown in the footer"),
    Variable("BAOZANG_ICP", "", "ICP备案 number shown in the footer"),
    Variable("BAOZANG_POLICE", "", "公安备案 number shown in the footer"),
)


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every variable's value by name. Raises SettingError that names the variable and what it takes."""
    values = {}
    for variable in VARIABLES:
        text = environment.get(variable.name, variable.default)
        try:
            values[variable.name] = variable.read(text)
        except ValueError as error:
            raise SettingError(
                variable.name, f"can't be “{text}” ({error})", f"It means: {variable.meaning}."
            ) from error
    return values
