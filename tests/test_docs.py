"""The documents say what the program does: commands, roles, links, figures, and examples that parse."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from bot import serve, settings
from bot.__main__ import cli
from bot.claiming import BATCH
from bot.heartbeat import SEEN_KEPT
from flows import fmt, routes
from flows.admin.service import KINDS
from flows.broadcast.service import MAX_CHARS
from flows.checklist.changes import NOTE_LIMIT
from flows.checklist.texts import labels
from flows.days import DEFAULT_TIME
from flows.groups import tick as groups
from flows.importing.archive import MAX_BYTES, MIB
from flows.policy import ROLES
from flows.registration.service import INVITE_DAYS
from flows.reminders import moments
from flows.team.invites import OPEN_HOURS
from knowledge.answers import Item
from knowledge.dates import Found, Problem, parse_date
from knowledge.instrument import Indicator, Instrument, ResultItem
from knowledge.library import Library
from knowledge.typed import Parsed, parse_answer
from knowledge.typed import Problem as Refused

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PANDUAN = (ROOT / "docs" / "PANDUAN.md").read_text("utf-8")
GLOSARIUM = (ROOT / "docs" / "GLOSARIUM.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TODAY = date(2027, 1, 18)
"""The day on which the handbook's dates are read; it says so."""

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^()\s]+)\)|(?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """The part below a heading of level 2, up to the next."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {heading!r}"
    return found[1]


def tables(text: str) -> list[list[list[str]]]:
    """Every table of a text: its rows without heading and rule, as cells."""
    found: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
        inside = True
        found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [table[2:] for table in found]


def codes(text: str) -> list[str]:
    """What is marked as code in a text."""
    return CODE.findall(text)


# what must be mentioned ----------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(routes.COMMANDS))
def test_every_command_of_the_bot_is_in_the_handbook(command: str) -> None:
    """With its aliases, in the table of commands."""
    (table,) = tables(section(PANDUAN, "Perintah"))
    listed = [name for row in table for cell in row[:2] for name in codes(cell)]
    assert f"/{command}" in listed


def test_telegrams_menu_names_commands_that_there_are() -> None:
    """Aliases and what only some may open are left out of it; the turn of the year is not."""
    names = [name for name, _ in serve.COMMANDS]
    assert set(names) <= set(routes.COMMANDS)
    assert "tahun" in names


def test_an_alias_stands_beside_its_command() -> None:
    """Commands of one row of the table lead to the same screen."""
    (table,) = tables(section(PANDUAN, "Perintah"))
    for row in table:
        names = [name.removeprefix("/") for cell in row[:2] for name in codes(cell)]
        # /start carries invitations too; without one it shows what /menu shows to members
        meant = {routes.COMMANDS[name] for name in names} - {routes.START()}
        assert len(meant) == 1, f"{names} mean {meant}"


@pytest.mark.parametrize(
    "command", [c.name or getattr(c.callback, "__name__", "") for c in cli.registered_commands]
)
def test_every_command_of_the_program_is_in_the_readme(command: str) -> None:
    """Hidden ones too: `auto` is what stands behind `make run`."""
    (table,) = tables(section(README, "Commands of the program"))
    assert command in [codes(row[0])[0].split()[1] for row in table]


@pytest.mark.parametrize("code", [*ROLES, *KINDS])
def test_every_role_and_kind_of_unit_is_in_the_glossary(code: str) -> None:
    """By its name in code, in the last column."""
    rows = [row for table in tables(GLOSARIUM) for row in table]
    assert code in [name for row in rows for name in codes(row[-1])]


def test_every_name_in_code_that_the_glossary_gives_exists() -> None:
    """Words of the last column are found in the sources; paths lead somewhere."""
    files = [file for folder in ("bot", "flows", "knowledge") for file in (ROOT / folder).rglob("*.py")]
    files.append(ROOT / "knowledge" / "data" / "instruments" / "lke-2021.1.yaml")
    words = set(re.findall(r"\w+", "\n".join(file.read_text("utf-8") for file in files)))
    for name in [name for table in tables(GLOSARIUM) for row in table for name in codes(row[-1])]:
        if "/" in name:
            assert (ROOT / name).exists(), name
        else:
            assert set(name.split(".")) <= words, name


def test_every_setting_the_documents_name_exists() -> None:
    """Settings are written in capitals and marked as code."""
    known = {name.upper() for name in settings.Settings.model_fields}
    named = {
        word
        for text in (README, section(PANDUAN, "Untuk operator"))
        for code in codes(FENCE.sub("", text))
        for word in re.findall(r"\b[A-Z]+_[A-Z_]+\b|\bMODE\b", code)
    }
    assert named
    assert named <= known


def test_the_changelog_has_room_for_what_comes_next() -> None:
    """Whoever changes something writes it under Unreleased."""
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# links and labels ----------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The anchors that headings get."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    """Files, folders, pictures, and headings within them."""
    for found in LINK.findall(FENCE.sub("", path.read_text("utf-8"))):
        target, _, anchor = (found[0] or found[1]).partition("#")
        if ":" in target:
            continue
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), f"{path.name} links to {target}"
        if anchor:
            assert anchor in anchors(there), f"{path.name} links to #{anchor}"


def test_every_button_the_handbook_names_exists() -> None:
    """Bold is the name of a button, as it stands in the code of the screens."""
    known = {
        node.value
        for file in (ROOT / "flows").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = set(re.findall(r"\*\*([^*\n]+)\*\*", PANDUAN)) - {"tebal"}
    assert named - known == set()


# figures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "phrase"),
    [
        ("Tim dan undangan", f"berlaku {INVITE_DAYS} hari"),
        ("Tim dan undangan", f"selama {OPEN_HOURS} jam"),
        ("Untuk operator", f"berlaku {INVITE_DAYS} hari"),
        ("Untuk operator", f"({BATCH} pesan)"),
        ("Isi LKE", f"paling banyak {fmt.number(NOTE_LIMIT, 0)} huruf"),
        ("Isi LKE", f"paling besar {MAX_BYTES // MIB} MB"),
        ("Pengumuman", f"paling banyak {fmt.number(MAX_CHARS, 0)} huruf"),
        ("Menulis tanggal", f"pukul {DEFAULT_TIME:%H.%M}"),
        ("Menulis tanggal", fmt.day_long(TODAY)),
        ("Grup kantor", f"pukul {groups.SEND_AT:%H.%M}"),
        ("Grup kantor", f"tiap {groups.BOARD_EVERY.seconds // 60} menit"),
        ("Batas waktu dan pengingat", f"pukul {moments.SEND_AT:%H.%M}"),
        ("Batas waktu dan pengingat", f"antara {moments.SEND_AT:%H.%M} dan {moments.SEND_UNTIL:%H.%M}"),
    ],
)
def test_figures_in_the_handbook_are_those_of_the_program(place: str, phrase: str) -> None:
    """Limits and hours, told where they matter."""
    assert phrase in " ".join(section(PANDUAN, place).split())


def test_the_handbook_counts_the_worksheet_as_it_is(library: Library) -> None:
    """Indicators and result items."""
    found = library.instrument("lke-2021")
    text = " ".join(section(PANDUAN, "Isi LKE").split())
    assert f"{len(found.area_order)} indikator, ditambah {len(found.results)} isian" in text


def test_the_privacy_screen_keeps_its_promise_of_days() -> None:
    """It says for how long processed messages are remembered."""
    from flows.personal import texts

    assert f"dihapus setelah {SEEN_KEPT.days} hari" in texts.privacy(1)


# typed examples ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def instrument(library: Library) -> Instrument:
    """The worksheet that the examples speak of."""
    return library.instrument("lke-2021")


def named_item(instrument: Instrument, cell: str) -> Item:
    """The item that a cell names by number and title. Both must fit."""
    item = instrument.find(codes(cell)[0])
    assert isinstance(item, Indicator | ResultItem), cell
    assert cell == f"`{item.number}` {item.title}"
    return item


def test_typed_answers_in_the_handbook_mean_what_it_says(instrument: Instrument) -> None:
    """Every example parses to the answer beside it."""
    accepted, _ = tables(section(PANDUAN, "Menjawab dengan mengetik"))
    assert accepted
    for item_cell, typed, stored in accepted:
        item = named_item(instrument, item_cell)
        for example in codes(typed):
            read = parse_answer(item, example)
            assert isinstance(read, Parsed), f"{item.number}: {example!r} is {read}"
            assert f"`{labels.answer(item, read.answer)}`" == stored, example


def test_refused_answers_in_the_handbook_are_refused_in_these_words(instrument: Instrument) -> None:
    """The sentences are the bot's own."""
    _, refused = tables(section(PANDUAN, "Menjawab dengan mengetik"))
    assert refused
    for item_cell, typed, sentence in refused:
        read = parse_answer(named_item(instrument, item_cell), codes(typed)[0])
        assert isinstance(read, Refused), typed
        assert read.sentence == sentence


def test_typed_dates_in_the_handbook_mean_what_it_says() -> None:
    """Every example is read as the day and hour beside it, and nothing of it is left over."""
    understood, _ = tables(section(PANDUAN, "Menulis tanggal"))
    assert understood
    for typed, meant in understood:
        found = parse_date(codes(typed)[0], TODAY)
        assert isinstance(found, Found), typed
        assert found.rest == ""
        assert fmt.day_long(found.day) + (f", {found.time:%H.%M}" if found.time else "") == meant


def test_doubtful_dates_in_the_handbook_are_asked_back_in_these_words() -> None:
    """The sentences are the bot's own."""
    _, doubtful = tables(section(PANDUAN, "Menulis tanggal"))
    assert doubtful
    for typed, sentence in doubtful:
        found = parse_date(codes(typed)[0], TODAY)
        assert isinstance(found, Problem), typed
        assert found.sentence == sentence


def test_the_scored_case_in_the_handbook_can_be_scored(library: Library) -> None:
    """The JSON of the operators' part."""
    from knowledge.score_json import evaluate, read

    found = re.search(r"^```json\n(.*?)^```", PANDUAN, re.MULTILINE | re.DOTALL)
    assert found
    assert evaluate(read(found[1]), library.instruments).problems == []
