"""Screens of the list of documents, and of one document in the making."""

from collections.abc import Sequence

from flows import routes, words
from flows.delivery import FAILED, REFUSED, Document, Offer
from flows.documents import texts
from flows.evidence import store_view
from flows.models import Unit
from flows.screen import Button, Media, Screen, rows


def listed(unit: Unit, lines: Sequence[Offer]) -> Screen:
    """What can be made of the unit."""
    choices = [Button(line.label, line.action(unit)) for line in lines]
    return Screen(texts.listed(unit.name, lines), rows(*choices, Button(words.TO_MENU, routes.HOME())))


def document(found: Document) -> Screen:
    """How far one document is."""
    again = None
    if found.status in {REFUSED, FAILED}:
        again = Button(texts.MAKE_AGAIN, routes.DOCUMENT_MAKE(found.kind.code, found.unit_id))
    return Screen(
        texts.making(found),
        rows(
            again,
            (Button(texts.BACK_TO_LIST, routes.DOCUMENTS()), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def file(found: Document, number: int) -> Screen:
    """One finished file with its caption; its buttons leave it in the chat."""
    part = found.parts[number]
    return Screen(
        str(part["caption"]),
        rows((Button(texts.OTHERS, routes.DOCUMENTS()), Button(words.TO_MENU, routes.HOME()))),
        media=Media(store_view.KIND, (part["sha256"],), str(part["name"]), "document"),
        keep=True,
    )
