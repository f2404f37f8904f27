"""Short names of topics for buttons, and topic ids as they travel in actions."""

from collections.abc import Mapping

from knowledge.documents import LKE
from knowledge.instrument_model import Area, Aspect, Indicator, ResultItem, SubComponent
from knowledge.library import Library

TRAVELS = "lke."
"""Stands for "lke:" inside an action, whose parts are split at colons."""

LIMIT = 20
"""Longest name on a button, in characters."""

CAPITALS = frozenset(
    [
        "zi",
        "wbk",
        "wbbm",
        "rb",
        "spak",
        "spkp",
        "skm",
        "ipak",
        "ipkp",
        "spi",
        "tpi",
        "tpn",
        "lke",
        "sop",
        "sdm",
        "spbe",
        "spip",
        "wbs",
        "upg",
        "lhkpn",
        "lhkan",
        "lhkasn",
        "apip",
        "iku",
        "sakip",
        "tlhp",
        "wtp",
        "uu",
        "se",
        "kma",
        "kip",
        "ppid",
        "pmpzi",
        "lhe",
        "ti",
        "sp4n",
        "gdrbn",
        "pekppp",
        "spt",
    ]
)

NAMES: Mapping[str, str] = {
    "pengertian-zi": "Arti ZI",
    "pengertian-wbk": "Arti WBK",
    "pengertian-wbbm": "Arti WBBM",
    "pengertian-rb": "Arti RB",
    "perubahan-permen-90": "Isi baru Permen 90",
    "permen-5-2024": "PermenPANRB 5/2024",
    "permen-17-2024": "PermenPANRB 17/2024",
    "permen-5-2025-sp4n": "PermenPANRB 5/2025",
    "perkpk-1-2026": "Peraturan KPK 1/2026",
    "kma-633-2020": "KMA 633/2020",
    "se-4-2025": "SE 4/2025",
    "uu-25-2009": "UU 25/2009",
    "beda-8-dan-6-area": "8 area dan 6 area",
    "sepuluh-prinsip-rb": "10 prinsip RB",
    "sepuluh-tugas-tim": "10 tugas tim ZI",
    "rb-general-tematik": "RB General, Tematik",
    "pengungkit-dan-hasil": "Pengungkit dan hasil",
    "pemenuhan-dan-reform": "Pemenuhan, reform",
    "stranas-pk-zi": "Stranas PK dan ZI",
    "faktor-keberhasilan-zi": "Faktor keberhasilan",
    "program-menyentuh-masyarakat": "Program ke warga",
    "kriteria-pemilihan-unit": "Kriteria unit",
    "tujuan-pelayanan-publik": "Tujuan pelayanan",
    "nilai-minimal-pengungkit": "Batas pengungkit",
    "nilai-minimal-per-area": "Batas tiap area",
    "nilai-minimal-hasil-bersih": "Batas hasil bersih",
    "nilai-minimal-survei": "Batas nilai survei",
    "nilai-total-minimal": "Batas nilai total",
    "nilai-kumulatif": "Semua batas berlaku",
    "bobot-lama-vs-baru": "Bobot lama dan baru",
    "syarat-unit-diusulkan": "Syarat unit usulan",
    "wbk-dulu-baru-wbbm": "WBK dulu atau WBBM",
    "dua-tahun-wbk": "Syarat 2 tahun WBK",
    "tlhp-100": "TLHP 100%",
    "wtp": "Opini WTP",
    "agen-perubahan-syarat": "Syarat agen",
    "agen-perubahan-peran": "Peran agen",
    "agen-perubahan-target": "Target agen",
    "reform-area-1": "Reform area 1",
    "berakhlak": "BerAKHLAK",
    "indeks-pemdi": "Indeks Pemdi",
    "jenis-informasi-publik": "Jenis informasi",
    "pengembangan-kompetensi": "Kompetensi pegawai",
    "disiplin-kode-etik": "Disiplin, kode etik",
    "sistem-info-kepegawaian": "Info kepegawaian",
    "keterlibatan-pimpinan": "Peran pimpinan",
    "perjanjian-kinerja-iku": "PK dan IKU",
    "gratifikasi-tidak-wajib": "Tak wajib lapor",
    "dumas-area-5": "Dumas area 5",
    "lhkasn-spt": "LHKASN dan SPT",
    "lima-komponen-pelayanan": "5 komponen layanan",
    "komponen-standar-pelayanan": "14 komponen SP",
    "budaya-pelayanan-prima": "Pelayanan prima",
    "pengelolaan-pengaduan": "Kelola pengaduan",
    "capaian-kinerja-hasil": "Capaian kinerja",
    "beda-spak-skm-spi": "Beda SPAK, SKM, SPI",
    "pengusulan-pmpzi": "Usul lewat PMPZI",
    "portal-rb-zi": "Usul lewat Portal RB",
    "sanggah-zi": "Sanggahan",
    "panel-dan-lhe": "Panel dan LHE",
    "lama-membangun": "Lama membangun ZI",
    "tugas-cek-tpi": "Yang dicek TPI",
    "peran-kemenpanrb": "Peran Kemen PANRB",
    "sp4n-lapor": "SP4N-LAPOR!",
    "kanal-lapor": "Kanal LAPOR!",
    "waktu-lapor": "Lama tindak lanjut",
    "anonim-lapor": "Lapor anonim",
    "data-lapor-kepri": "Data LAPOR! Kepri",
    "ombudsman-dan-zi": "Ombudsman dalam ZI",
    "lapor-ombudsman": "Lapor Ombudsman",
    "syarat-lapor-ombudsman": "Syarat ke Ombudsman",
    "lapor-vs-ombudsman": "LAPOR! / Ombudsman",
    "larangan-dua-tahun": "Jeda usul 2 tahun",
    "bukti-dukung-umum": "Tentang bukti dukung",
    "cara-pakai-bot": "Cara pakai bot",
    "ombudsman-peran": "Peran Ombudsman",
    "komitmen-pimpinan": "Komitmen pimpinan",
    "hukuman-disiplin": "Hukuman disiplin",
    "benturan-kepentingan": "Benturan kepentingan",
}
"""Where the id itself does not read well or is too long."""

GROUPS: Mapping[str, str] = {
    "dasar": "Dasar",
    "syarat-nilai": "Syarat, nilai",
    "proses-jadwal": "Proses, jadwal",
    "tim-peran": "Tim, peran",
    "bukti-dukung": "LKE, bukti",
    "hasil-survei": "Hasil, survei",
    "area-1-manajemen-perubahan": "Area 1",
    "area-2-tatalaksana": "Area 2",
    "area-3-sdm": "Area 3",
    "area-4-akuntabilitas": "Area 4",
    "area-5-pengawasan": "Area 5",
    "area-6-pelayanan": "Area 6",
    "pengaduan-ombudsman": "Pengaduan",
    "penghargaan-pencabutan": "Penghargaan",
    "bot": "Pandu ZI",
}


def label(library: Library, topic: str) -> str:
    """The name of a topic on a button, at most `LIMIT` characters. Raises `KeyError` for an unknown one."""
    if topic.startswith(LKE):
        return _node(library, topic).number
    term = library.glossary.get(topic)
    if term is not None:
        return term.abbr
    return NAMES.get(topic) or _from_id(library.faq[topic].id)


def title(library: Library, topic: str) -> str:
    """The topic in full, as listed when the person has to choose. Raises `KeyError` for an unknown one."""
    if topic.startswith(LKE):
        node = _node(library, topic)
        return f"{node.number}  {node.title if isinstance(node, Indicator | ResultItem) else node.name}"
    term = library.glossary.get(topic)
    if term is not None:
        return f"{term.abbr}: {term.expansion}"
    return library.faq[topic].title


def known(library: Library, topic: str) -> bool:
    """Whether there is such a topic in this version."""
    if topic.startswith(LKE):
        node = library.instrument().by_id.get(topic.removeprefix(LKE))
        return node is not None and not isinstance(node, Area)
    return topic in library.faq or topic in library.glossary


def _node(library: Library, topic: str) -> Indicator | SubComponent | Aspect | ResultItem:
    node = library.instrument().by_id[topic.removeprefix(LKE)]
    if isinstance(node, Area):
        raise KeyError(topic)
    return node


def pack(topic: str) -> str:
    """The id as an argument of an action."""
    return TRAVELS + topic.removeprefix(LKE) if topic.startswith(LKE) else topic


def unpack(packed: str) -> str:
    """The id from an argument of an action."""
    return LKE + packed.removeprefix(TRAVELS) if packed.startswith(TRAVELS) else packed


def _from_id(topic: str) -> str:
    words = [word.upper() if word in CAPITALS else word for word in topic.split("-")]
    text = " ".join(words)
    return text[0].upper() + text[1:]
