"""The size of a picture, and with it whether it is one."""

import io
import warnings

MAX_SIDE_SUM = 10_000


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises ValueError when Telegram would not take the bytes as a photo."""
    from PIL import Image, UnidentifiedImageError  # slow to import, and rarely needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
    except (
        UnidentifiedImageError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
        OSError,
    ) as error:
        raise ValueError("IMAGE_PROCESS_FAILED") from error
    if width + height > MAX_SIDE_SUM or max(width, height) > 20 * min(width, height):
        raise ValueError("PHOTO_INVALID_DIMENSIONS")
    return width, height
