"""Draws the sample pictures: every SVG in ``pictures/`` becomes a WebP of 1600 by 1000 beside it.

Run by developers after a drawing was changed; what it writes is committed: ``python content/sample/draw_pictures.py``.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
SIZE = (1600, 1000)
MOST_BYTES = 150_000
"""No picture may weigh more: the sample handbook is read on cheap phones too."""

BROWSER = "/usr/bin/chromium"
QUALITIES = (86, 80, 72, 64)


def main(names: list[str]) -> None:
    """Draw the named pictures, or all of them."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for drawing in sorted(PICTURES.glob("*.svg")):
            if not names or drawing.stem in names:
                drawing.with_suffix(".webp").write_bytes(_raster(page, drawing))
        browser.close()


def _raster(page: Page, drawing: Path) -> bytes:
    page.set_content(f"<style>body{{margin:0}}</style>{drawing.read_text(encoding='utf-8')}")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= MOST_BYTES:
            return buffer.getvalue()
    raise ValueError(f"{drawing.name}: more than {MOST_BYTES} bytes at any quality")


if __name__ == "__main__":
    main(sys.argv[1:])
