"""The QR picture of an invite link."""

import io

import segno

from flows.media import draws

QUIET_MODULES = 4
TARGET_PIXELS = 900


@draws("qr")
def qr(url: str) -> bytes:
    """A PNG of about 900 pixels a side: legible on a phone, on a projector, and printed at 4 cm."""
    code = segno.make(url, error="m", micro=False)
    modules = code.symbol_size(scale=1, border=QUIET_MODULES)[0]
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=max(1, TARGET_PIXELS // int(modules)), border=QUIET_MODULES)
    return picture.getvalue()
