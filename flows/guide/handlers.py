"""The short guide, for everybody; members get the way to where a page is needed."""

import re

from flows import routes
from flows.errors import BadInput, Missing
from flows.guide import screens, texts
from flows.routes import handles
from flows.screen import Button, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.guide import AREAS, guide

_NUMBER = re.compile(r"(?:nomor|no\.?|halaman|hal\.?)?\s*(\d{1,2})\s*\.?", re.IGNORECASE)
_NO_PAGE = "Halaman itu tidak ada dalam panduan singkat. Ini daftarnya."
_WAYS: dict[str, Button] = {
    "tahapan-zi": Button(texts.STAGES, routes.STAGES()),
    "pencanangan": Button(texts.LAUNCH, routes.LAUNCH()),
    "pakta-integritas": Button(texts.PACT, routes.PACT()),
    "lima-strategi-zi": Button(texts.STAGES, routes.STAGES()),
    "sepuluh-tugas-tim": Button(texts.TEAM, routes.TEAM()),
    "enam-area-zi": Button(texts.LKE, routes.LKE()),
    AREAS: Button(texts.LKE, routes.LKE()),
    "riwayat-regulasi-zi": Button(texts.OLD_LKE, routes.READINESS_OLDER()),
}
"""Where a page is needed, for people of a unit."""


@handles(routes.GUIDES)
def listing(_turn: Turn) -> Screen:
    """The pages."""
    return screens.listing(guide())


@handles(routes.GUIDE_TYPED)
def typed(turn: Turn) -> Goto | NotMine:
    """The typed number or name of a page."""
    said = " ".join(turn.event.text.lower().split()).strip(" .!")
    hit = _NUMBER.fullmatch(said)
    pages = guide().pages
    if hit is None:
        named = next((page for page in pages if page.label.lower() == said), None)
        return Goto(routes.GUIDE(named.topic)) if named is not None else NotMine()
    if not 1 <= int(hit[1]) <= len(pages):
        raise BadInput(f"Halamannya 1 sampai {len(pages)}. Ketik salah satu.", next=routes.GUIDES())
    return Goto(routes.GUIDE(pages[int(hit[1]) - 1].topic))


@handles(routes.GUIDE)
def page(turn: Turn, topic: str) -> Screen:
    """One page."""
    found = guide()
    at, entry = found.place(topic), turn.library.faq.get(topic)
    if at is None or entry is None:
        raise Missing(_NO_PAGE, next=routes.GUIDES())
    beside = texts.areas(found.areas, turn.library.instrument()) if topic == AREAS else ""
    way = _WAYS.get(topic) if turn.event.private and turn.open_unit is not None else None
    return screens.page(found, at, entry, beside, (way,) if way is not None else ())
