"""The documents of this feature: the LKE workbook, CSV, JSON; made in a job, or for the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows import delivery
from flows.delivery import File, Kind, Round
from flows.evidence.service import sight_of
from flows.models import Unit
from flows.ports import Files
from flows.turn import Turn
from flows.workbook import book, content, naming, tables, unitdata
from flows.workbook.content import Content
from flows.workbook.texts import chat
from knowledge.library import Library

ZIP, JSON = "application/zip", "application/json"


@dataclass(frozen=True, slots=True)
class Data:
    """The content with the unit's plain data."""

    content: Content
    data: unitdata.Row


def _content(turn: Turn, unit: Unit, params: Mapping[str, Any]) -> Content:
    """What stands in the open LKE, or in that of another year of the unit (`assessment`). Raises Missing."""
    where = content.where_of(turn.session, turn.library, unit, params.get("assessment"))
    return content.collect(turn.session, where, sight_of(turn, unit, where), turn.now)


def _data(turn: Turn, unit: Unit, params: Mapping[str, Any]) -> Data:
    made = _content(turn, unit, params)
    return Data(made, unitdata.collect(turn.session, made))


def lke(made: Content) -> File:
    """The workbook as a file."""
    name = naming.file_name("LKE", made, "xlsx")
    return File(name, book.made(made), book.MIME, chat.caption_lke(made, made.at))


def csv_zip(given: Data) -> File:
    """All tables in one archive."""
    made = given.content
    name = naming.file_name("Data", made, "zip")
    data = tables.zipped(tables.tables(made, given.data), made.at)
    return File(name, data, ZIP, chat.caption_data(made, made.at, chat.CSV))


def json_file(given: Data) -> File:
    """The plain data as JSON."""
    made = given.content
    name = naming.file_name("Data", made, "json")
    return File(name, tables.as_json(given.data), JSON, chat.caption_data(made, made.at, chat.JSON))


def _build_lke(made: Content, _state: Mapping[str, Any], _files: Files) -> Round:
    return Round((lke(made),))


def _build_csv(given: Data, _state: Mapping[str, Any], _files: Files) -> Round:
    return Round((csv_zip(given),))


def _build_json(given: Data, _state: Mapping[str, Any], _files: Files) -> Round:
    return Round((json_file(given),))


delivery.register(Kind("lke", chat.LKE, chat.LKE_ABOUT, _content, _build_lke, rank=10))
delivery.register(Kind("csv", chat.CSV, chat.CSV_ABOUT, _data, _build_csv, rank=80))
delivery.register(Kind("json", chat.JSON, chat.JSON_ABOUT, _data, _build_json, rank=81))


def of_operator(session: Session, library: Library, unit: Unit, now: datetime) -> Data:
    """What the command line exports: restricted evidence is left out, as for somebody without the right."""
    made = content.collect(session, content.where_of(session, library, unit), None, now)
    return Data(made, unitdata.collect(session, made))
