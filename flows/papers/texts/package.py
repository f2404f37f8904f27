"""Wording of the assessor's package: folders, lists, the index, and what is said in the chat."""

LABEL = "Paket bukti penilai"
ABOUT = "zip berisi bukti dukung menurut urutan LKE, indeks, dan ringkasan."
LINKS_FILE = "Tautan dan rujukan.txt"
READ_ME = "00 BACA DULU.txt"
INDEX = "index.xlsx"
SHEET, SUMMARY_SHEET = "Indeks", "Ringkasan"
HEADS = (
    "No LKE",
    "Indikator",
    "Judul bukti",
    "Berkas atau tautan",
    "Tanggal",
    "Periode",
    "Keadaan",
    "Bagian zip",
    "SHA-256",
)
RESULTS = "Hasil"
OK, LINK, RESTRICTED = "disertakan", "tautan", "terbatas"
DAMAGED = "rusak: isi berkas tidak sama dengan saat disimpan"
LOST = "tidak ada: berkasnya tidak ditemukan di penyimpanan"
BINDING = "belum ada: fotonya masih digabung saat paket disusun"
TOO_BIG = "tidak disertakan: lebih besar dari batas kiriman"
HIDDEN = "tidak disertakan: terbatas"
HIDDEN_TITLE = "(bukti terbatas)"
NOTHING = (
    "Belum ada bukti dukung yang dapat disertakan, jadi paketnya belum disusun. Kirim bukti dukung dulu, "
    "lalu buat paketnya lagi."
)
AGAIN = "Paket ini terlalu lama terhenti, jadi susunannya sudah tidak tersimpan. Silakan buat lagi."


def aspect(kind: str) -> str:
    """What a letter of an aspect stands for in a folder's name."""
    return "Reform" if kind == "R" else "Pemenuhan"


def root(unit: str, year: int) -> str:
    """The folder that everything unpacks into."""
    return f"Paket ZI {year} {unit}"


def link_line(title: str, url: str, about: str) -> str:
    """A link in an item's list."""
    return f"{title}\n  {url}{about}\n"


def see_line(title: str, path: str) -> str:
    """A file that lies in another item's folder."""
    return f"{title}\n  lihat: {path}\n"


def state_note(state: str) -> str:
    """What is known of a link."""
    return {"open": "\n  terbuka", "locked": "\n  terkunci: perlu akses", "unknown": ""}.get(state, "")


def read_me(unit: str, agency: str, year: int, target: str, moment: str, parts: int) -> str:
    """What the package is, and how it is checked."""
    several = (
        f"Paket ini terdiri dari {parts} zip. Ekstrak semuanya ke tempat yang sama; foldernya menyatu.\n\n"
        if parts > 1
        else ""
    )
    return (
        f"Paket bukti dukung Zona Integritas menuju {target} tahun {year}\n{unit}, {agency}\n"
        f"Keadaan {moment}\n\n{several}"
        "Isi\n"
        "- Folder menurut urutan LKE; tiap indikator satu folder.\n"
        f"- {LINKS_FILE} di folder indikator: tautan, dan berkas yang tersimpan di folder indikator lain.\n"
        f"- {INDEX}: semua bukti dengan nomor LKE, tanggal, periode, keadaan, dan SHA-256.\n"
        "- MANIFEST: SHA-256 setiap berkas. Memeriksanya di folder ini: sha256sum -c MANIFEST\n\n"
        "Seluruh isinya penilaian mandiri tim unit kerja. Catatan yang berlaku ada di sistem Kementerian "
        "PANRB; predikat diputuskan penilai.\n"
    )


def caption(number: int, parts: int, files: int, links: int, problems: list[str]) -> str:
    """Below a zip in the chat; HTML, nothing of it typed by people."""
    head = f"<b>{LABEL}</b>" + (f", bagian {number} dari {parts}" if parts > 1 else "")
    if number > 1:
        return f"{head}\n\n{files} berkas bukti. Ekstrak ke tempat yang sama dengan bagian 1."
    lines = [head, "", f"{files} berkas dan {links} tautan, menurut urutan LKE."]
    if parts > 1:
        lines.append("Bagian 1 memuat indeks dan ringkasan; bagian lain memuat bukti.")
    lines += [f"! {problem}" for problem in problems]
    return "\n".join([*lines, "", "Periksa sebelum diteruskan: isinya bukti unit."])


def hidden(count: int) -> str:
    """Restricted pieces that were left out."""
    return f"{count} bukti terbatas tidak disertakan."


def broken(count: int) -> str:
    """Files that could not be put in."""
    return f"{count} berkas tidak dapat disertakan; sebabnya ada di {INDEX}."


def file_name(unit: str, year: int, number: int, parts: int) -> str:
    """The zip's name before it is made clean."""
    return f"Paket ZI {year} {unit}" + (f" bagian {number} dari {parts}" if parts > 1 else "")


def summary(
    unit: str, agency: str, year: int, target: str, moment: str, version: str
) -> list[tuple[str, str]]:
    """The second sheet of the index."""
    return [
        ("Unit", unit),
        ("Instansi", agency),
        ("Penilaian", str(year)),
        ("Sasaran", target),
        ("Keadaan", moment),
        ("Data", version),
        ("Sifat", "penilaian mandiri tim"),
    ]
