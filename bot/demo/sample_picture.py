"""The picture that goes with a sample announcement: a poster of the campaign that says it is an example."""

import io

WIDTH, HEIGHT = 1280, 720
INK, PAPER, STRIPE = "#ffffff", "#1d4e6b", "#f2b544"
LINES = (
    ("TOLAK GRATIFIKASI", 92),
    ("Layanan kami tidak dipungut biaya di luar ketentuan", 44),
    ("Gambar contoh Pandu ZI", 32),
)


def poster() -> bytes:
    """A JPEG, as a phone would send it."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - 120, WIDTH, HEIGHT - 90), STRIPE)
    for (text, size), y in zip(LINES, (210, 370, HEIGHT - 60), strict=True):
        pen.text((WIDTH / 2, y), text, INK, ImageFont.load_default(size), "mm")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=88)
    return kept.getvalue()
