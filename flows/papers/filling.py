"""A letter's template looked at and filled in: its fields, what is wrong with it, the document. Pure.

Templates come from people. Before one is opened its size and parts are looked at; before it is filled in, its
marks are parsed and only names of known fields, loops over known lists and plain conditions are let through:
no calls, no filters with a mind of their own, no arithmetic. It is rendered in a sandbox all the same.
"""

import difflib
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from flows.papers import plain
from flows.papers.letters import LETTERS, ROWS_CALLED, Letter, gap

KIB = 1024
MAX_BYTES = 2 * KIB * KIB
MAX_UNPACKED = 12 * KIB * KIB
MAX_PARTS = 200
MAX_RATIO = 150
MAX_XML = 600 * KIB
MAX_TEXT = 300 * KIB
"""Of one part that holds marks: a letter of many pages has a third of this."""
MOST_MARKS = 300
"""In one part. Preparing a template looks, for every mark, through all that follows it."""
MOST_ROWS = 300
MOST_TOLD = 8

NOT_DOCX, TOO_BIG, BOMB, BROKEN, ACTIVE, REMOTE, MARKS, UNKNOWN, FORBIDDEN, EMPTY = (
    *("bukan", "besar", "bom", "rusak", "makro", "luar", "tanda", "asing", "larang", "kosong"),
)
_TEXT_PART = re.compile(r"word/[^/]*\.xml")
_OPENS = re.compile(r"{[{%#]")
_WHOLE = re.compile(r"{{[^{}]{1,200}}}|{%[^{}%]{1,200}%}|{#[^{}]{0,500}#}")
_CELL_MARKS = re.compile(r"{%\s*(vm|hm|colspan|cellbg)\b")
"""Marks that the filling library changes the table for; its patterns for them can take very long."""
_ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|\.bin$|oleObject", re.IGNORECASE)
_MARK = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
_FILTERS = frozenset({"upper", "lower", "title", "capitalize"})
_LINKS = ("/hyperlink",)
_WITHOUT_MARKS = frozenset(
    f"word/{name}.xml"
    for name in ("styles", "settings", "fontTable", "webSettings", "numbering", "stylesWithEffects")
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a template from being used: a code of this module, and what it is about."""

    code: str
    what: str = ""
    likely: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a template holds. `fields` and `rows` are the known ones that it uses."""

    fields: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A finished letter, and the names of what stayed empty in it."""

    data: bytes
    empty: tuple[str, ...] = field(default=())


class Unusable(Exception):
    """The template cannot be filled in."""


@cache
def default(code: str) -> bytes:
    """The template that comes with the program."""
    return resources.files("flows.papers").joinpath("templates", f"{code}.docx").read_bytes()


# looking at a template -----------------------------------------------------------------------------


def look(letter: Letter, data: bytes) -> Looked:
    """What a template holds and what is wrong with it. Never raises, whatever the bytes are."""
    outside = _outside(data)
    if outside is not None:
        return Looked(problems=(outside,))
    try:
        sources = _sources(data)
    except Exception:  # noqa: BLE001  (a strange file makes the readers fail in any way)
        return Looked(problems=(Problem(BROKEN),))
    found = _Marks(letter)
    for source in sources:
        found.read(source)
    if not found.problems and not found.fields and not found.rows:
        found.problems.append(Problem(EMPTY))
    told = tuple(dict.fromkeys(found.problems))[:MOST_TOLD]
    return Looked(frozenset(found.fields), frozenset(found.rows), told)


def _outside(data: bytes) -> Problem | None:
    """What keeps the file from being opened at all."""
    if len(data) > MAX_BYTES:
        return Problem(TOO_BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return Problem(NOT_DOCX)


def _parts(archive: zipfile.ZipFile) -> Problem | None:
    parts = archive.infolist()
    unpacked, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        return Problem(BOMB)
    if unpacked > KIB * KIB and unpacked > MAX_RATIO * max(1, packed):
        return Problem(BOMB)
    names = {part.filename for part in parts}
    if "word/document.xml" not in names or any(part.flag_bits & 0x1 for part in parts):
        return Problem(NOT_DOCX)
    if len(names) != len(parts):
        return Problem(BROKEN)
    for part in parts:
        problem = _part(archive, part)
        if problem is not None:
            return problem
    return None


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Problem | None:
    name = part.filename
    if _ACTIVE.search(name):
        return Problem(ACTIVE)
    if not name.endswith((".xml", ".rels")):
        return None
    if part.file_size > MAX_XML:
        return Problem(BOMB, name)
    data = archive.read(part)
    problem = _xml(name, data)
    if problem is None and _TEXT_PART.fullmatch(name) and name not in _WITHOUT_MARKS:
        problem = _marks(name, data)
    return problem


def _marks(name: str, data: bytes) -> Problem | None:
    """There are not so many marks, and none of the costly kind, that preparing them would take long."""
    if len(data) > MAX_TEXT:
        return Problem(BOMB, name)
    text = re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace"))
    at, count = 0, 0
    while opened := _OPENS.search(text, at):
        whole = _WHOLE.match(text, opened.start())
        if whole is None:
            return Problem(MARKS, plain.typeset(text[opened.start() : opened.start() + 40], 40))
        at, count = whole.end(), count + 1
        if count > MOST_MARKS:
            return Problem(BOMB, name)
    cell = _CELL_MARKS.search(text)
    return Problem(FORBIDDEN, cell[1]) if cell else None


def _xml(name: str, data: bytes) -> Problem | None:
    """Nothing is declared in the XML, and nothing outside the file is fetched when it is opened."""
    if not data.startswith((b"<", b"\xef\xbb\xbf<")) or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return Problem(BROKEN)
    if b"macroEnabled" in data and name == "[Content_Types].xml":
        return Problem(ACTIVE)
    if not name.endswith(".rels"):
        return None
    for relation in re.findall(rb"<Relationship\b[^>]*>", data):
        text = relation.decode("utf-8", "replace")
        kind = re.search(r'Type="([^"]*)"', text)
        if 'TargetMode="External"' in text and not (kind and kind[1].endswith(_LINKS)):
            return Problem(REMOTE)
    return None


def _sources(data: bytes) -> list[str]:
    """Everything in a document that is read as a template, prepared as it will be filled in."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # published without types

    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    sources = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        sources += [template.patch_xml(xml) for xml in _headers(template, uri)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sources += [
            template.patch_xml(archive.read(name).decode("utf-8"))
            for name in archive.namelist()
            if name == "word/footnotes.xml"
        ]
    properties = template.docx.core_properties
    sources += [
        str(getattr(properties, name) or "")
        for name in ("author", "comments", "identifier", "language", "subject", "title")
    ]
    return sources


def _headers(template: Any, uri: str) -> Iterator[str]:
    for _, part in template.get_headers_footers(uri):
        yield template.get_part_xml(part)


class _Marks:
    """Reads the marks of a template and keeps what is used and what is wrong."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.fields: set[str] = set()
        self.rows: set[str] = set()
        self.problems: list[Problem] = []

    def read(self, source: str) -> None:
        """One part of the document."""
        from jinja2 import TemplateSyntaxError

        try:
            tree = _sandbox().parse(source)
        except (TemplateSyntaxError, RecursionError):
            self.problems.append(Problem(MARKS, self._broken(source)))
            return
        self._walk(tree, {})

    def _broken(self, source: str) -> str:
        """The mark that cannot be read, where one alone is to blame."""
        from jinja2 import TemplateSyntaxError

        for mark in _MARK.findall(source):
            alone = re.sub(r"^{%\s*(for|if)\b(.*)%}$", r"{% \1\2%}{% end\1 %}", mark, flags=re.DOTALL)
            if re.match(r"{%\s*(?:end\w+|else|elif)\b", mark):
                continue
            try:
                _sandbox().parse(alone)
            except (TemplateSyntaxError, RecursionError):
                return plain.typeset(re.sub(r"<[^>]*>", "", mark), 60)
        return ""

    def _walk(self, node: Any, loops: Mapping[str, str]) -> None:
        from jinja2 import nodes

        match node:
            case nodes.Name():
                self._name(node.name, loops)
            case nodes.Getattr():
                self._column(node, loops)
            case nodes.For():
                self._loop(node, loops)
            case nodes.Filter() if node.name in _FILTERS and not node.args and not node.kwargs:
                self._walk(node.node, loops)
            case nodes.Template() | nodes.Output() | nodes.If() | nodes.Not() | nodes.And() | nodes.Or():
                for child in node.iter_child_nodes():
                    self._walk(child, loops)
            case nodes.TemplateData() | nodes.Const():
                pass
            case nodes.Compare() if all(op.op in {"eq", "ne"} for op in node.ops):
                self._walk(node.expr, loops)
                for operand in node.ops:
                    self._walk(operand.expr, loops)
            case _:
                self.problems.append(Problem(FORBIDDEN, _FORM.get(type(node).__name__, "")))

    def _name(self, name: str, loops: Mapping[str, str]) -> None:
        if name in loops:
            if self.letter.rows[loops[name]]:
                columns = ", ".join(f"{name}.{column}" for column in self.letter.rows[loops[name]])
                self.problems.append(Problem(UNKNOWN, name, columns))
        elif name in self.letter.fields:
            self.fields.add(name)
        else:
            known = [*self.letter.fields, *self.letter.rows]
            near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
            self.problems.append(Problem(UNKNOWN, plain.typeset(name, 40), near[0] if near else ""))

    def _column(self, node: Any, loops: Mapping[str, str]) -> None:
        from jinja2 import nodes

        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name == "loop" and loops and node.attr in {"index", "first", "last"}:
            return
        columns = self.letter.rows[loops[name]] if name in loops else ()
        if node.attr not in columns:
            near = difflib.get_close_matches(node.attr, columns, 1, 0.6)
            said = plain.typeset(f"{name}.{node.attr}", 40)
            self.problems.append(Problem(UNKNOWN, said, f"{name}.{near[0]}" if near else ""))

    def _loop(self, node: Any, loops: Mapping[str, str]) -> None:
        from jinja2 import nodes

        named = isinstance(node.iter, nodes.Name) and isinstance(node.target, nodes.Name)
        plain_loop = named and not node.recursive and node.test is None and not loops
        if not plain_loop or node.target.name in self.letter.fields or node.target.name == "loop":
            self.problems.append(Problem(FORBIDDEN, "for"))
            return
        if node.iter.name not in self.letter.rows:
            self.problems.append(Problem(UNKNOWN, plain.typeset(node.iter.name, 40), _one_of(self.letter)))
            return
        self.rows.add(node.iter.name)
        for child in (*node.body, *node.else_):
            self._walk(child, {node.target.name: node.iter.name})


def _one_of(letter: Letter) -> str:
    return ", ".join(letter.rows)


_FORM = {"Call": "( )", "Filter": "|", "Assign": "set", "Macro": "macro", "Include": "include"}


@cache
def _sandbox() -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True)


# filling it in -------------------------------------------------------------------------------------


def fill(letter: Letter, template: bytes, facts: Mapping[str, Any]) -> Filled:
    """The finished letter. What is empty shows as its name in brackets. Raises Unusable.

    `facts` holds the fields as texts and the lists as rows; what it lacks counts as empty.
    """
    looked = look(letter, template)
    if looked.problems:
        raise Unusable(looked.problems[0].code)
    from docxtpl import DocxTemplate

    values: dict[str, Any] = {}
    for name, called in letter.fields.items():
        text = " ".join(plain.xml_safe(str(facts.get(name) or "")).split())
        values[name] = text or gap(called)
    for name, columns in letter.rows.items():
        found = [_row(row, columns) for row in (facts.get(name) or [])[:MOST_ROWS]]
        values[name] = found or ([] if columns else [gap(ROWS_CALLED[name])])
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(values, _sandbox(), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except Exception as err:  # a template that reads well can still make a document that does not
        raise Unusable(BROKEN) from err
    return Filled(out.getvalue(), empty_of(letter, looked.fields | looked.rows, facts))


def _row(row: Any, columns: tuple[str, ...]) -> Any:
    if not columns:
        return " ".join(plain.xml_safe(str(row)).split())
    return {column: " ".join(plain.xml_safe(str(row.get(column, ""))).split()) for column in columns}


def empty_of(letter: Letter, used: Collection[str], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What a template asks for (`used`) and the data does not hold, by what it is called, in order."""
    called = {**letter.fields, **{name: ROWS_CALLED[name] for name in letter.rows}}
    return tuple(said for name, said in called.items() if name in used and not facts.get(name))


@cache
def used_by_default(code: str) -> frozenset[str]:
    """What the program's own template of a letter uses. Cheap: it is known to be well made."""
    with zipfile.ZipFile(io.BytesIO(default(code))) as archive:
        text = archive.read("word/document.xml").decode()
    letter = LETTERS[code]
    names = set(re.findall(r"\{\{ (\w+) \}\}", text)) | set(re.findall(r" in (\w+) %\}", text))
    return frozenset(names & {*letter.fields, *letter.rows})


def trial(letter: Letter) -> dict[str, Any]:
    """Invented facts of every field, to try a template with."""
    facts: dict[str, Any] = {name: called.capitalize() for name, called in letter.fields.items()}
    for name, columns in letter.rows.items():
        facts[name] = [{c: c for c in columns} if columns else f"{name} {n}" for n in (1, 2)]
    return facts


def letter_of(code: str) -> Letter | None:
    """The letter with this code."""
    return LETTERS.get(code)
