"""What the program is made of: `make sbom` lists its parts, `make check` asks for known holes.

Run as `python -m tests.supply licences SBOM` (writes docs/KOMPONEN.md from a CycloneDX file) and as
`python -m tests.supply holes LOCK ...`.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "KOMPONEN.md"

ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-3.0-only",
    "MIT",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Python-2.0",
    "BSD",
}
"""Licences under which a part may be used unchanged beside MIT code, and passed on with it."""

CLASSIFIED = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*(.*?))?\s*\\?$", re.MULTILINE)

HEAD = """# Komponen dan lisensinya

Paket pihak ketiga yang ikut berjalan bersama Pandu ZI, persis seperti di `requirements.lock`. Halaman ini
ditulis oleh `make sbom`, yang juga membuat daftar lengkap dalam format CycloneDX di `build/sbom.json`.
Pandu ZI sendiri berlisensi MIT; paket LGPL dipakai apa adanya, tidak diubah.

| Paket | Versi | Lisensi |
|---|---|---|
"""


def licences(component: dict[str, Any]) -> str:
    """The licence of one part of a CycloneDX list, as an SPDX expression.

    Raises:
        ValueError: none is stated, or one is not in `ALLOWED`.
    """
    stated = [
        said.get("expression") or said["license"].get("id") or said["license"]["name"]
        for said in component.get("licenses", [])
    ]
    exact = [CLASSIFIED.get(name, name) for name in stated if not name.startswith("License ::")]
    names = list(dict.fromkeys(exact or [CLASSIFIED.get(name, name) for name in stated]))
    parts = {part.strip("()") for name in names for part in re.split(r" (?:AND|OR) ", name)}
    if not parts or parts - ALLOWED:
        raise ValueError(f"{component['name']}: the licence {stated or 'is not stated'} has to be looked at")
    return " AND ".join(names)


def page(sbom: dict[str, Any]) -> str:
    """The Markdown page of the parts in a CycloneDX list."""
    rows = sorted((normal(part["name"]), part["version"], licences(part)) for part in sbom["components"])
    return HEAD + "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in rows)


def normal(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """What a lock holds for this kind of system: name to version, without parts of other systems."""
    return {normal(name): version for name, version, marker in PIN.findall(lock) if "win32" not in marker}


def holes(locks: list[str]) -> int:
    """Ask the registry for known holes in what the locks pin; returns an exit code.

    0 where none is known or nobody could be asked (said in a line), 1 where one is known.
    """
    worst = 0
    for lock in locks:
        asked = subprocess.run(
            [
                *(sys.executable, "-m", "pip_audit", "-r", lock, "--disable-pip", "--require-hashes"),
                *("--format", "json", "--progress-spinner", "off", "--timeout", "20"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            found = json.loads(asked.stdout)["dependencies"]
        except ValueError:
            print(f"{lock}: the registry was not reached, known holes were not looked up.")
            continue
        open_ = [(part, hole) for part in found for hole in part.get("vulns", [])]
        for part, hole in open_:
            mended = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            print(f"{lock}: {part['name']} {part['version']} has {hole['id']}; mended in {mended}.")
        asked_of = sum("skip_reason" not in part for part in found)
        if asked_of:
            print(f"{lock}: {asked_of} of {len(found)} parts looked up, {len(open_)} known holes.")
        else:
            print(f"{lock}: the registry tells nothing of known holes.")
        worst = max(worst, int(bool(open_)))
    return worst


def main() -> int:
    """The two commands above."""
    match sys.argv[1:]:
        case ["licences", sbom]:
            PAGE.write_text(page(json.loads(Path(sbom).read_text("utf-8"))), "utf-8")
            return 0
        case ["holes", *locks] if locks:
            return holes(locks)
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main())
