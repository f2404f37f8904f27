"""The facts themselves: complete, consistent, and loud about mistakes."""

import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from knowledge.build import documents_in
from knowledge.documents import LKE
from knowledge.errors import KnowledgeError
from knowledge.faq import GROUPS
from knowledge.library import DATA, Library, load_library
from knowledge.normalize import load_normalizer
from knowledge.prepared import key_of, reader, texts_of

PHONE = 650
DETAIL = 900


def test_every_topic_and_term_of_the_facts_is_there(library: Library) -> None:
    assert len(library.faq) == 195
    assert len(library.glossary) == 95
    assert {entry.group for entry in library.faq.values()} == set(GROUPS)


def test_related_topics_exist_and_no_entry_names_itself(library: Library) -> None:
    wrong = [
        (entry.id, other)
        for entry in library.faq.values()
        for other in entry.related
        if other not in library.faq or other == entry.id
    ]
    wrong += [
        (term.id, term.topic)
        for term in library.glossary.values()
        if term.topic and term.topic not in library.faq
    ]
    assert wrong == []


def test_every_answer_fits_a_phone_and_names_its_rule_or_basis(library: Library) -> None:
    long = [e.id for e in library.faq.values() if len(e.short) > PHONE or len(e.detail) > DETAIL]
    bare = [e.id for e in library.faq.values() if not e.rule and not e.basis]
    addresses = [e.id for e in library.faq.values() if re.search(r"https?://|www\.", e.short + e.detail)]
    assert (long, bare, addresses) == ([], [], [])


def test_uncertain_facts_are_told_with_a_caution(library: Library) -> None:
    assert [e.id for e in library.faq.values() if e.confidence == "recall" and not e.caution] == []


def test_every_topic_is_asked_in_many_ways_and_no_way_is_shared(library: Library) -> None:
    few = [e.id for e in library.faq.values() if len(set(e.questions)) < 25]
    asked = Counter(q.lower().strip(" ?.") for e in library.faq.values() for q in set(e.questions))
    assert (few, [question for question, number in asked.items() if number > 1]) == ([], [])


def test_areas_of_reform_and_of_zi_are_never_mixed_up(library: Library) -> None:
    said = [e.id for e in library.faq.values() if re.search(r"\b8 area ZI|\b6 area RB\b", e.short + e.detail)]
    assert said == []


def test_the_prepared_texts_are_up_to_date() -> None:
    documents = documents_in(DATA)
    read = load_normalizer(DATA).words
    prepared = reader(DATA, documents, read)
    assert prepared is not read, "run python -m knowledge.build"
    for text in texts_of(documents)[:400]:
        if text:
            assert (prepared(text).plain, prepared(text).stems) == (read(text).plain, read(text).stems)
    assert key_of(DATA, ["a"]) != key_of(DATA, ["b"])


def test_loading_is_quick() -> None:
    load_library()
    started = time.process_time()
    load_library()
    assert time.process_time() - started < 2.0


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A data folder to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def broken(folder: Path, file: str, old: str, new: str) -> str:
    """What loading says after `old` was exchanged for `new` in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_library(folder)
    return str(caught.value)


def test_a_broken_file_is_named_with_item_and_reason(copy: Path) -> None:
    said = broken(copy, "faq/dasar.yaml", "confidence: verified", "confidence: mungkin")
    assert said.startswith("dasar.yaml: pengertian-zi: confidence: ")


def test_a_misspelt_field_is_an_error(copy: Path) -> None:
    said = broken(copy, "faq/dasar.yaml", "  short: |-", "  shrot: |-")
    assert said.startswith("dasar.yaml: pengertian-zi: s")


def test_a_file_that_is_no_yaml_is_named(copy: Path) -> None:
    said = broken(copy, "glossary.yaml", "terms:", "terms: [")
    assert said.startswith("glossary.yaml: (berkas): bukan YAML yang sah")


def test_an_id_used_twice_is_an_error(copy: Path) -> None:
    said = broken(copy, "faq/dasar.yaml", "- id: pengertian-wbk\n", "- id: pengertian-zi\n")
    assert said == "dasar.yaml: pengertian-zi: id sudah dipakai topik lain"


def test_an_edited_text_is_found_although_nothing_was_prepared_anew(copy: Path) -> None:
    path = copy / "faq" / "dasar.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "zona integritas itu apaan sih", "arti istilah zebra cross kantor", 1
    )
    path.write_text(text, encoding="utf-8")
    assert load_library(copy).ask("arti istilah zebra cross kantor").topics == ("pengertian-zi",)


def test_indicators_are_documents_too(library: Library) -> None:
    ids = {document.id for document in documents_in(DATA)}
    assert {LKE + each.id for each in library.instrument().worksheet_order} <= ids
