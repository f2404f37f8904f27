"""The list of parts fits the lock, and a licence nobody looked at does not slip in."""

import pytest

from tests import supply


def test_the_page_lists_exactly_what_the_lock_installs() -> None:
    rows = [line.split(" | ") for line in supply.PAGE.read_text("utf-8").splitlines() if " | " in line]
    listed = {row[0].strip("| "): row[1] for row in rows if row[0] not in ("| Paket",)}
    locked = supply.pins((supply.ROOT / "requirements.lock").read_text("utf-8"))
    assert len(locked) > 40
    assert listed == locked, "run make sbom"


def test_licences_are_read_from_expressions_names_and_classifiers() -> None:
    both = {
        "licenses": [
            {"license": {"id": "MIT"}},
            {"license": {"name": "License :: OSI Approved :: BSD License"}},
        ]
    }
    assert supply.licences({"name": "a", **both}) == "MIT"
    assert (
        supply.licences({"name": "b", "licenses": [{"expression": "MIT OR Apache-2.0"}]})
        == "MIT OR Apache-2.0"
    )
    only = [{"license": {"name": "License :: OSI Approved :: Apache Software License"}}]
    assert supply.licences({"name": "c", "licenses": only}) == "Apache-2.0"


@pytest.mark.parametrize(
    "stated", [[], [{"license": {"id": "AGPL-3.0-only"}}], [{"expression": "MIT AND GPL-3.0-only"}]]
)
def test_an_unknown_licence_stops_the_list(stated: list[object]) -> None:
    with pytest.raises(ValueError, match="has to be looked at"):
        supply.page({"components": [{"name": "x", "version": "1", "licenses": stated}]})


def test_pins_leave_out_parts_of_other_systems() -> None:
    lock = "a_b==1.0 \\\n    --hash=sha256:0\nwin==0.4 ; sys_platform == 'win32' \\\nc==2 ; extra == 'x' \\\n"
    assert supply.pins(lock) == {"a-b": "1.0", "c": "2"}
