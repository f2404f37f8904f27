"""The import law beyond what import-linter says: features keep to themselves, modules stay small."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FEATURES = sorted(p.parent.name for p in (ROOT / "flows").glob("*/handlers.py"))
MAX_LINES = 400


def _imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
    return found


def _features_and_parts(names: list[str]) -> set[tuple[str, str]]:
    parts = [name.split(".") for name in names if name.startswith("flows.")]
    return {(p[1], p[2]) for p in parts if len(p) > 2 and p[1] in FEATURES}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_never_imports_another_features_handlers_screens_or_texts(feature: str) -> None:
    for path in (ROOT / "flows" / feature).glob("*.py"):
        for other, part in _features_and_parts(_imports(path)):
            assert other == feature or part not in {"handlers", "screens", "texts"}, (
                f"{path.name}: {other}.{part}"
            )


@pytest.mark.parametrize("feature", FEATURES)
def test_a_service_knows_neither_screens_nor_texts(feature: str) -> None:
    for path in (ROOT / "flows" / feature).glob("service*.py"):
        for other, part in _features_and_parts(_imports(path)):
            assert part not in {"screens", "texts", "handlers"}, f"{path.name}: {other}.{part}"


def test_no_module_is_longer_than_anybody_reads() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in ("bot", "flows", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert long == {}


def test_nothing_is_named_utils() -> None:
    forbidden = {"utils", "helpers", "common", "manager"}
    names = {p.stem for package in ("bot", "flows", "knowledge") for p in (ROOT / package).rglob("*")}
    assert not names & forbidden
