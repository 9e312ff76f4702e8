"""The README's screenshots, of the site as ``make serve`` runs it on the seeds:

.venv/bin/python -m tests.browser.screenshots
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import ROOT
from tests.ops.site import Site

FOLDER = ROOT / "docs" / "screenshots"

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}

#: File name, address, window, colours. ``*`` follows the first such link of the page before it.
SHOTS = (
    ("home", "/", WIDE, "light"),
    ("calendar", "/issues/2021/", WIDE, "light"),
    ("issue", "/issues/jiaozuo-ribao/2021-10-24/", WIDE, "light"),
    ("page", "* /pages/", WIDE, "light"),
    ("article", "* /articles/", WIDE, "light"),
    ("people", "/people/", WIDE, "light"),
    ("person", f"/people/{quote('吕沛')}/", WIDE, "light"),
    ("places", "/places/", WIDE, "light"),
    ("place", f"/places/{quote('阳庙镇')}/", WIDE, "light"),
    ("search", f"/search/?q={quote('蒙牛')}", WIDE, "light"),
    ("trends", f"/trends/?q={quote('吕沛，蒙牛，信访')}", WIDE, "light"),
    ("photos", "/photos/", WIDE, "light"),
    ("about", "/about/", WIDE, "light"),
    ("search-phone", f"/search/?q={quote('吕沛 2021年10月')}", PHONE, "light"),
    ("home-dark", "/", WIDE, "dark"),
)


def open_address(tab: Page, home: str, address: str) -> None:
    """Go there; ``* /pages/`` is the first link of the main part that leads under /pages/."""
    if not address.startswith("*"):
        tab.goto(home + address, wait_until="networkidle")
        return
    under = address.removeprefix("*").strip()
    href = tab.locator(f'main a[href^="{under}"]').first.get_attribute("href")
    tab.goto(f"{home}{href}", wait_until="networkidle")


def save(image: Path, target: Path) -> None:
    """A picture of few colours, small enough to keep in the repository."""
    with Image.open(image) as shot:
        shot.convert("RGB").quantize(64).save(target, optimize=True)


def main() -> int:
    """Make every screenshot anew; 1 where there is no Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("No chromium here: install it, or name it in CHROMIUM.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="baozang-screenshots-") as folder,
        sync_playwright() as playwright,
    ):
        site = Site(Path(folder) / "data")
        site.start()
        try:
            home = f"http://127.0.0.1:{site.port}"
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            tabs: dict[str, Page] = {}
            for name, address, window, colours in SHOTS:
                key = f"{window['width']} {colours}"
                if key not in tabs:
                    tabs[key] = browser.new_page(
                        viewport=window, color_scheme=colours, locale="zh-CN", reduced_motion="reduce"
                    )
                open_address(tabs[key], home, address)
                tabs[key].screenshot(path=Path(folder) / "shot.png")
                save(Path(folder) / "shot.png", FOLDER / f"{name}.png")
                print(f"{name}.png")
            browser.close()
        finally:
            site.end()
            site.kill_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
