"""Images: a page each (a TIFF may have many), read by text recognition and shown as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import formats
from rag_app.parsing.media_types import media_type
from rag_app.parsing.recognition import read_by_ocr, refuse_without_ocr
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page

_PILLOW = {
    formats.PNG: "PNG",
    formats.JPEG: "JPEG",
    formats.TIFF: "TIFF",
    formats.WEBP: "WEBP",
    formats.BMP: "BMP",
    formats.GIF: "GIF",
    formats.HEIC: "HEIF",
}
MAX_PIXELS = 100_000_000
_READ_PIXELS = 16_000_000
_SHOWN_WIDTH = 1000
_SHOWN_HEIGHT = 8 * _SHOWN_WIDTH
_DEEP, _SEE_THROUGH = ("I", "F"), ("RGBA", "LA", "PA", "La", "RGBa")
_BRIGHT = 128
_ORIENTATION = 0x0112
_UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # Exif's number -> Pillow's way to transpose


def read_image(source: Source) -> OpenedFile:
    """An image by text recognition, a page for each picture of a TIFF. Raises `DocumentError`."""
    with _opened(source) as image:
        _check_size(source, image)
        count = _count_pages(source, image)
    refuse_without_ocr(source)
    return OpenedFile("", count, _pages(source, count))


def view_image(source: Source, page: int) -> bytes:
    """A page's picture as PNG, small enough to be shown. Raises `DocumentError`."""
    with _opened(source) as image:
        picture = _picture(source, image, page, _SHOWN_WIDTH * _SHOWN_HEIGHT)
    picture.thumbnail((_SHOWN_WIDTH, _SHOWN_HEIGHT))
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def _pages(source: Source, count: int) -> Iterator[Page]:
    with _opened(source) as image:
        for number in range(1, count + 1):
            picture = _picture(source, image, number, _READ_PIXELS)
            yield read_by_ocr(source, number, np.asarray(picture))


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    """The image, its header read; what goes wrong with it in the meantime becomes a `DocumentError`."""
    from PIL import Image

    kind = media_type(source)
    if kind == formats.HEIC:
        from pi_heif import register_heif_opener

        register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(source.path, formats=[_PILLOW[kind]]) as image:
            yield image
    except (DocumentError, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_big(source) from error
    except Exception as error:  # of broken files the decoders raise whatever their parts raise
        raise source.refusal(
            Reason.DAMAGED,
            f"{{name}} is damaged: its picture cannot be decoded ({type(error).__name__}). Save it anew and add it.",
        ) from error


def _count_pages(source: Source, image: Any) -> int:
    """The pictures of a TIFF, counted no further than is allowed; of other formats the first is the page."""
    if image.format != "TIFF":
        return 1
    count = 1
    while count <= source.max_pages:
        try:
            image.seek(count)
        except EOFError:
            return count
        count += 1
    most = f"more than the {source.max_pages} pages allowed"
    raise source.refusal(Reason.TOO_MANY_PAGES, f"{{name}} has {most}. Split it, or raise max_pages.")


def _check_size(source: Source, image: Any) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_big(source)


def _too_big(source: Source) -> DocumentError:
    return source.refusal(
        Reason.TOO_BIG, f"{{name}} has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller, or split it."
    )


def _picture(source: Source, image: Any, page: int, most_pixels: int) -> Any:
    """A page's picture in red, green and blue, upright as its Exif says, of at most so many pixels."""
    image.seek(page - 1)
    _check_size(source, image)
    scale = min(1.0, (most_pixels / (image.width * image.height)) ** 0.5)
    image.draft("RGB", (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    scale = min(1.0, (most_pixels / (image.width * image.height)) ** 0.5)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    way = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    picture = _in_colours(image, size)
    return picture if way is None else picture.transpose(way)


def _in_colours(image: Any, size: tuple[int, int]) -> Any:
    """The picture in 8-bit colours and of a size; deep greys stretched, what is transparent laid on what contrasts."""
    from PIL import Image

    if image.mode.startswith(_DEEP):
        grey = np.asarray((image if image.mode in _DEEP else image.convert("I")).resize(size), np.float32)
        least, most = float(grey.min()), float(grey.max())
        image = Image.fromarray(((grey - least) * (255 / max(most - least, 1e-9))).astype(np.uint8))
    if image.mode in _SEE_THROUGH or "transparency" in image.info:
        return _laid_on_contrast(
            np.asarray((image if image.mode == "RGBA" else image.convert("RGBA")).resize(size, reducing_gap=2.0))
        )
    solid = image if image.mode in ("L", "RGB") else image.convert("RGB")
    return solid.resize(size, reducing_gap=2.0).convert("RGB")


def _laid_on_contrast(picture: NDArray[np.uint8]) -> Any:
    """A picture with transparent parts (height, width, 4), laid on black where what is seen of it is light, else on white."""
    from PIL import Image

    colours, seen = picture[..., :3].astype(np.float32), picture[..., 3:].astype(np.float32) / 255
    brightness = float((colours * seen).sum() / max(3 * seen.sum(), 1.0))
    ground = 0 if brightness > _BRIGHT else 255
    return Image.fromarray((colours * seen + ground * (1 - seen)).astype(np.uint8))
