"""How long the server takes for each type of page, through gunicorn, on a synthetic archive made from the seeds.

    python -m benchmarks.pages                                   100,000 articles
    SIZE=20000 python -m benchmarks.pages
    FOLDER=/somewhere KINDS="article;home" python -m benchmarks.pages    keep the archive there, ask for some pages only
    SEARCH=on python -m benchmarks.pages                         build the search index too and ask the search page
    CHANGES=on python -m benchmarks.pages                        a page is corrected before each request, no worker runs

The site is served as ``manage.py serve`` does it (``config/gunicorn.py``), by one worker.

Milliseconds a request from the first byte sent to the last one read: *first* in a fresh process, *p50* and *p95* of
distinct addresses, and *cpu*, the processor time that the worker took (95th percentile), for a machine that others work
on too.
"""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import transaction

SIZE = int(os.environ.get("SIZE", "100000"))
PORT = int(os.environ.get("PORT", "8710"))
#: Distinct addresses of each type.
ASKED = 60


def addresses() -> dict[str, list[str]]:
    """Addresses of every type of page, chosen by chance but the same every time."""
    from archive.models import Article, Issue, Page, Person, Photo, Place, Section
    from benchmarks.corpus import source
    from search.text import words

    chance = random.Random(2)

    def some(rows: Iterable[Any]) -> list[Any]:
        return chance.choices(list(rows), k=ASKED)

    articles = some(Article.objects.order_by("pk").values_list("key", flat=True))
    issues = some(Issue.objects.select_related("newspaper").order_by("pk"))
    years = sorted({issue.date.year for issue in issues})
    pages = some(Page.objects.order_by("pk").values_list("key", flat=True))
    photos = some(Photo.objects.order_by("pk").values_list("key", flat=True))
    people = [
        f"/people/{quote(slug)}/" for slug in Person.objects.order_by("pk").values_list("slug", flat=True)
    ]
    places = [
        f"/places/{quote(slug)}/" for slug in Place.objects.order_by("pk").values_list("slug", flat=True)
    ]
    sections = list(Section.objects.values_list("slug", flat=True))
    deepest = Article.objects.count() // 30
    said = [word for sentence in source().sentences for word in words(sentence) if len(word) > 1]
    found = {
        "home": ["/"] * ASKED,
        "about": ["/about/"] * 20,
        "article": [f"/articles/{key}/" for key in articles],
        "machine text": [f"/articles/{key}/print" for key in articles],
        "page": [f"/pages/{key}/" for key in pages],
        "issue": [issue.get_absolute_url() for issue in issues],
        "calendar": [f"/issues/{year}/" for year in years * 3],
        "on this day": [
            f"/on-this-day/?month={chance.randint(1, 12)}&day={chance.randint(1, 28)}" for _ in articles
        ],
        "articles": [f"/articles/?page={n}" for n in range(1, ASKED)],
        "articles, deep": [f"/articles/?page={chance.randint(1, deepest)}" for _ in articles],
        "articles of a month": [
            f"/articles/?year={chance.choice(years)}&month={chance.randint(1, 12)}" for _ in articles
        ],
        "sections": ["/sections/"] * 20,
        "section": [f"/sections/{chance.choice(sections)}/?page={chance.randint(1, 60)}" for _ in articles],
        "people": ["/people/"] * 20,
        "people typed": [
            f"/people/?q={quote(chance.choice('王李张刘陈杨黄赵吴周') + end)}"
            for end in "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
        ],
        "people letter": [f"/people/?letter={letter}" for letter in "wlzcyhsx"],
        "person, everywhere": people[:ASKED],
        "person": some(people[500:]),
        "person's month": [f"{one}?year={chance.choice(years)}&month=10" for one in some(people[:200])],
        "places": ["/places/"] * 20,
        "place": places[:20] + some(places)[:40],
        "photos": [f"/photos/?page={n}" for n in range(1, 40)],
        "photo": [f"/photos/{key}/" for key in photos],
        "feed": ["/feeds/articles.xml"] * 20,
        "feed of a section": [f"/feeds/sections/{slug}.xml" for slug in sections],
        "feed of a person": [one.replace("/people/", "/feeds/people/")[:-1] + ".xml" for one in some(people)],
        "sitemap": [f"/sitemap-articles.xml?p={n}" for n in range(1, ASKED)],
    }
    if os.environ.get("SEARCH"):
        pairs = [f"{a} {b}" for a, b in zip(some(said), some(said), strict=True)]
        found["search, a word"] = [f"/search/?q={quote(word)}" for word in dict.fromkeys(some(said))]
        found["search, two words"] = [f"/search/?q={quote(pair)}" for pair in pairs]
        found["feed of a search"] = [
            f"/search/feed.xml?q={quote(word)}" for word in dict.fromkeys(some(said))
        ]
        found["search, a name"] = [f"/search/?q={one.split('/')[2]}" for one in some(people)]
    chosen = [kind for kind in os.environ.get("KINDS", "").split(";") if kind]
    return {kind: asked for kind, asked in found.items() if not chosen or kind in chosen}


def measure(kind: str, asked: Sequence[str]) -> str:
    """One row of the table."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    times, cpu, size, statuses = [], [], 0, set()
    for address in asked:
        if os.environ.get("CHANGES"):
            _correct_a_page()
        began = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Language": "zh-CN"})
        response = connection.getresponse()
        size = max(size, len(response.read()))
        times.append((time.perf_counter() - began) * 1000)
        cpu.append(float(response.headers["Server-Timing"].split("=")[1]))
        statuses.add(response.status)
    wrong = "" if statuses == {200} else f" statuses {sorted(statuses)}"
    figures = f"{times[0]:.0f} | {at(times, 0.5):.0f} | {at(times, 0.95):.0f} | {at(cpu, 0.95):.0f}"
    return f"| {kind}{wrong} | {figures} | {size / 1000:.0f} |"


def _correct_a_page() -> None:
    """What the store marks and logs when staff correct the page in the middle of the archive."""
    from archive import changes, counts
    from archive.models import Page

    page = Page.objects.order_by("pk")[Page.objects.count() // 2]
    with transaction.atomic():
        counts.doubt_page(page)
        changes.append([("article", page.articles.values_list("key", flat=True)[0])])


def at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main(folder: Path) -> None:
    os.environ.update(
        BAOZANG_DATA=str(folder),
        BAOZANG_HTTPS="off",
        BAOZANG_SEARCH_RATE="0",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    import django

    django.setup()
    from django.core.management import call_command

    from archive import counts
    from benchmarks.pages_archive import build

    if not (folder / "baozang.sqlite3").exists():
        build(SIZE)
    call_command("collectstatic", interactive=False, verbosity=0)
    if os.environ.get("SEARCH") and not (folder / "index").exists():
        call_command("index", "build")
    table = addresses()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{PORT}",
         "--workers", "1", "--log-level", "error", "benchmarks.timed:application"]
    )  # fmt: skip
    try:
        _wait()
        print("| | first | p50 | p95 | cpu p95 | kB |\n|---|---|---|---|---|---|")
        for kind, asked in table.items():
            print(measure(kind, asked), flush=True)
    finally:
        server.terminate()
        server.wait()
        counts.recount()


def _wait() -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.1)
    raise SystemExit("gunicorn does not answer")


if __name__ == "__main__":
    if os.environ.get("FOLDER"):
        main(Path(os.environ["FOLDER"]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch))
