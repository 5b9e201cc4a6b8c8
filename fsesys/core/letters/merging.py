"""The job of the merging press: a case file's own pages, then its documents. In the child only.

What cannot be shown as pages gets a page that says so; nothing is left out unsaid.
"""

import io
import logging
import warnings

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

A4 = (1240, 1754)  # pixels at 150 dpi
MARGIN = 110
PICTURES = ("image/png", "image/jpeg")

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def run(facts: dict, first: bytes, *others: bytes) -> bytes:
    """One PDF. facts: title, and for each other file {title, media_type, excuse}."""
    writer = PdfWriter()
    writer.append(io.BytesIO(first), import_outline=False)
    for about, data in zip(facts["files"], others, strict=True):
        start = len(writer.pages)
        _add(writer, about, data)
        writer.add_outline_item(about["title"], start)
    writer.add_metadata({"/Title": facts["title"]})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(writer, about, data):
    try:
        if about["media_type"] == "application/pdf":
            pages = PdfReader(io.BytesIO(data), strict=False)
            if pages.is_encrypted:
                raise ValueError("encrypted")
            pages.pages[0]  # a file without pages is none
            writer.append(pages, import_outline=False)
            return
        if about["media_type"] in PICTURES:
            writer.append(io.BytesIO(_page(Image.open(io.BytesIO(data)))))
            return
    except MemoryError:
        raise
    except Exception:  # broken files raise nearly anything; the page below says so
        del writer.pages[len(writer.pages) :]
    writer.append(io.BytesIO(_page(None, [about["title"], about["excuse"]])))


def _page(picture, lines=()) -> bytes:
    """One A4 page with a picture fitted in, or with lines of text."""
    sheet = Image.new("RGB", A4, "white")
    if picture is not None:
        picture = picture.convert("RGB")
        picture.thumbnail((A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN))
        sheet.paste(picture, (MARGIN, MARGIN))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(28)
    for n, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + 60 * n), line, fill="black", font=font)
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=150)
    return out.getvalue()
