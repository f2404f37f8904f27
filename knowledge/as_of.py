"""The day whose rule is asked for: "per Maret 2024", "aturan tahun 2021", "sebelum PermenPANRB 90", "dulu".

A year counts only when it dates the rule. "Bukti tahun 2023", "LKE 2021", "PermenPANRB 5 tahun 2024" and
"unit yang dapat WBK 2021" name things of that year and are left alone, and so are comparisons of two years.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from knowledge.date_words import MONTHS, month_of
from knowledge.normalize import clean

FIRST_YEAR = 2010
"""Before this there was no Zona Integritas to ask about; such a number is no year of a rule."""
MOST_AHEAD = 3
MOST_DATES = 4
LONGEST = 400

_RULE = (
    r"(?:(?:per)?aturan(?:nya)?|ketentuan(?:nya)?|(?:per)?syarat(?:an)?(?:nya)?|sya?rt|batas(?:an|nya)?|"
    r"ambang(?:nya)?|minimal(?:nya)?|minimum|bobot(?:nya)?|rumus(?:nya)?|regulasi(?:nya)?|pedoman(?:nya)?|"
    r"kriteria(?:nya)?|tenggat(?:nya)?|deadline(?:nya)?|jadwal(?:nya)?|edaran(?:nya)?|kuota(?:nya)?|"
    r"berlaku|dasar hukum(?:nya)?|passing grade)"
)
_THING = (
    r"(?:bukti|dukung|dokumen|eviden(?:ce)?|daduk|laporan|lakip|lkjip|data|skp|sk|spt|capaian|kegiatan|foto|"
    r"undangan|notulen|notula|surat|survei|survey|skm|spak|spkp|ikm|lke|lhe|rencana|renja|renaksi|realisasi|"
    r"kinerja|temuan|anggaran|dipa|hasil|predikat|pengaduan|sop|rapat|inovasi|pegawai|anggota|"
    r"evaluasi|penilaian|edaran|menpan\w*|permen\w*|kpk|kami|kita|saya|sejak|dari|mulai|di\w{4,})"
)
_COUNT = r"(?:\d+|se|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|beberapa)"
_GOT = re.compile(
    r"\b(?:dapat|dpt|dapet|sudah|udah|udh|sdh|berpredikat|predikat|lulus|raih|meraih|peroleh|memperoleh|"
    r"membangun|bangun|pembangunan|dicanangkan|pencanangan|ikut|mengusulkan|dievaluasi)\s+"
    r"(?:\w+\s+)?(?:zi|wbk|wbbm)\s*$"
)
_NAMED = re.compile(
    r"\b\d{1,3}\s*(?:/|tahun|thn|th)\s*(?:19|20)\d\d\b|\blke\s*(?:tahun|thn|th)?\s*20\d\d\b"
    r"|\broad\s?map\b.{0,12}?20\d\d(?:\s*-\s*20\d\d)?|\b20\d\d\s*-\s*20\d\d\b"
)
_RELATION = (
    r"(?:per|pada|di|dlm|dalam|untuk|utk|waktu|saat|semasa|era|zaman|jaman|sebelum|sblm|sampai|sampe|hingga|"
    r"sd|tahun|thn|taun|th|bulan|bln|tanggal|tgl|akhir|awal)"
)
_MONTH = (
    "januari|jan|februari|pebruari|feb|maret|mar|mrt|april|apr|mei|juni|jun|juli|jul|agustus|agt|agu|ags|"
    "september|sept|sep|oktober|okt|november|nopember|nov|nop|desember|des"
)
_WHEN = re.compile(
    rf"(?P<rule>\b{_RULE}\s+)?(?P<how>(?:\b{_RELATION}\s+)*)(?:\b(?P<day>\d{{1,2}})\s+)?"
    rf"(?:\b(?P<month>{_MONTH})\s+)?\b(?P<year>20[0-3]\d)\b(?!\s*[/-]\s*\d)"
)
_LAST_YEAR = re.compile(
    rf"(?P<rule>\b{_RULE}\s+)?\b(?:tahun|thn|taun|th)\s+(?:lalu|kemarin|kmrn|kemaren|sebelumnya)\b"
)
_BEFORE_RULE = re.compile(
    r"\b(?:sebelum|sblm|pra)\s+(?:ada\s+|terbit\s+|berlakunya\s+|keluar\s+)?"
    r"(?:permen\s?pan\s?-?\s?rb|permen\s?pan|permen|peraturan kpk|perkpk|per\s?kpk|aturan)\s*"
    r"(?:(?:nomor|no\.?)\s*)?"
    r"(?P<number>\d{1,3})(?:\s*(?:/|tahun|thn|th)\s*(?P<year>20\d\d))?\b"
)
_ONCE = (
    re.compile(
        r"^(?:(?:kalau|kalo|klo|kl|yang|yg|terus|trs|lha|nah|zaman|jaman|waktu)\s+)*"
        r"(?:dulu|dahulu|sebelumnya|(?:yang|yg) (?:dulu|lama))(?:nya)?\b(?! (?:ya|baru|deh|dong))"
    ),
    re.compile(
        rf"\b{_RULE}\s+(?:\w+\s+){{0,2}}?(?:(?:yang|yg|zaman|jaman)\s+)?"
        r"(?:dulu|dahulu|(?<!berapa )(?<!brp )lama|sebelumnya|terdahulu)(?:nya)?\b(?! (?:baru|sebelum|ya))"
    ),
    re.compile(r"\b(?:zaman|jaman) (?:dulu|dahulu)(?:nya)?\b"),
)
_COMPARES = re.compile(
    r"\b(?:beda\w*|perbedaan\w*|dibanding\w*|banding\w*|vs|versus|berubah|perubahan\w*|riwayat|sejarah|"
    r"menggantikan|diganti\w*|dicabut|(?:ter)?baru(?:nya)?|sekarang|skrg)\b"
)
_ENDS = ".?!"
_BARE = re.compile(
    r"\b(?:kalau|kalo|klo|kl|yang|yg|terus|trs|trus|lalu|untuk|utk|di|pada|per|tahun|thn|taun|th|bulan|bln|dulu|"
    r"dahulu|berapa|brp|apa|gimana|gmn|bagaimana|kapan|itu|ya|sih|dong|nya|aturan\w*|berlaku|batas\w*|syarat\w*|"
    r"sebelumnya|zaman|jaman|waktu)\b|[^a-z0-9]+"
)

_CAME: dict[str, date] = {
    "90": date(2021, 12, 31),
    "5/2024": date(2024, 7, 15),
    "3/2024": date(2025, 4, 1),
    "1/2026": date(2026, 1, 14),
    "17": date(2024, 11, 8),
    "17/2024": date(2024, 11, 8),
    "2/2023": date(2023, 1, 1),
    "5/2025": date(2025, 1, 1),
}
"""When the regulations came that a question names as a border; a bare number where only one is meant."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The days asked about, both included, and how that is said ("Maret 2024", "sebelum 2022", "dulu").

    `ahead` are days that have not come yet.
    """

    start: date
    end: date
    said: str
    ahead: bool = False

    @property
    def open(self) -> bool:
        """Whether no day is named at all: "dulu"."""
        return self.start == date.min and self.end == date.max


ONCE = AsOf(date.min, date.max, "dulu")


@dataclass(frozen=True, slots=True)
class Dated:
    """A question and the days whose rule it asks for; `rest` is the question without the date."""

    as_of: AsOf
    rest: str


def dated(text: str, today: date | None) -> Dated | None:
    """What `text` asks about an earlier (or a given) day; None when no rule is dated in it. Never raises.

    Without `today` a date that counts from it ("tahun lalu") is left alone.
    """
    plain = " ".join(clean(text[:LONGEST]).split())
    found = _before_rule(plain)
    if found is not None:
        return found
    plain = _NAMED.sub(lambda hit: "x" * len(hit[0]), plain)
    if len(set(re.findall(r"\b20[0-3]\d\b", plain))) > 1:
        return None
    return _year(plain, today) or _relative(plain, today)


def _before_rule(plain: str) -> Dated | None:
    hit = _BEFORE_RULE.search(plain)
    if hit is None:
        return None
    key = f"{hit['number']}/{hit['year']}" if hit["year"] else hit["number"]
    came = _CAME.get(key) or _CAME.get(hit["number"])
    if came is None:
        return None
    said = " ".join(hit[0].split())
    end = date.fromordinal(came.toordinal() - 1)
    return Dated(AsOf(date.min, end, _tidy(said)), _without(plain, hit))


def _tidy(said: str) -> str:
    """The rule as it is written in answers."""
    number = re.search(r"\d+(?:\s*(?:/|tahun|thn|th)\s*\d{4})?", said)
    named = re.sub(r"\s*(?:/|tahun|thn|th)\s*", "/", number[0]) if number else ""
    return f"sebelum {'Peraturan KPK' if 'kpk' in said else 'PermenPANRB'} {named}"


def _year(plain: str, today: date | None) -> Dated | None:
    for hit in islice(_WHEN.finditer(plain), MOST_DATES):
        year, how = int(hit["year"]), hit["how"].split()
        if year < FIRST_YEAR or (today and year > today.year + MOST_AHEAD):
            continue
        month = month_of(hit["month"])
        if not _dates_the_rule(plain, hit, how, month):
            continue
        as_of = _days(year, month, hit["day"] if month else None, how)
        return Dated(replace(as_of, ahead=today is not None and as_of.start > today), _without(plain, hit))
    return None


def _dates_the_rule(plain: str, hit: re.Match[str], how: list[str], month: int | None) -> bool:
    """Whether the date stands with the rule and not with a thing or a deed of that time."""
    before = f"{plain[: hit.start()]} {hit['rule'] or ''}".strip()
    if re.search(rf"\b{_THING}(?:nya)?$", before) or _GOT.search(before):
        return False
    if _COMPARES.search(plain[: hit.start("year")] + plain[hit.end("year") :]):
        return False
    if _BARE.sub("", f"{plain[: hit.start()]} {plain[hit.end() :]}") == "" and (month or how or hit["rule"]):
        return True
    if "per" in how:
        return True
    return re.search(rf"\b{_RULE}\b", _sentence(plain, hit)) is not None


def _days(year: int, month: int | None, day: str | None, how: list[str]) -> AsOf:
    named = f"{MONTHS[month - 1]} {year}" if month else str(year)
    first, last = date(year, month or 1, 1), date(year, month or 12, 31 if month is None else 1)
    if month:
        last = date(year, month, calendar.monthrange(year, month)[1])
    if month and day and 1 <= int(day) <= last.day:
        first = last = date(year, month, int(day))
        named = f"{int(day)} {named}"
    if {"sebelum", "sblm"} & set(how):
        return AsOf(date.min, date.fromordinal(first.toordinal() - 1), f"sebelum {named}")
    if {"sampai", "sampe", "hingga", "sd"} & set(how):
        return AsOf(date.min, last, f"sampai {named}")
    return AsOf(first, last, named if month else f"tahun {named}")


def _relative(plain: str, today: date | None) -> Dated | None:
    if _COMPARES.search(plain):
        return None
    hit = _LAST_YEAR.search(plain)
    if hit is not None:
        rest = _without(plain, hit)
        before = f"{plain[: hit.start()]} {hit['rule'] or ''}".strip()
        thing = re.search(rf"\b(?:{_THING}(?:nya)?|{_COUNT})$", before)
        around = _sentence(plain, hit)
        if today and thing is None and (re.search(rf"\b{_RULE}\b", around) or not _BARE.sub("", rest)):
            year = today.year - 1
            return Dated(AsOf(date(year, 1, 1), date(year, 12, 31), f"tahun {year}"), rest)
        return None
    for pattern in _ONCE:
        found = pattern.search(plain)
        if found and (re.search(rf"\b{_RULE}\b", plain) or not _BARE.sub("", plain)):
            rest = re.sub(r"\b(?:dulu|dahulu|lama|sebelumnya|terdahulu|zaman|jaman)(?:nya)?\b", " ", plain)
            return Dated(ONCE, " ".join(rest.split()))
    return None


def _sentence(plain: str, hit: re.Match[str]) -> str:
    """The sentence in which the date stands."""
    start = max(plain.rfind(mark, 0, hit.start()) for mark in _ENDS) + 1
    ends = [place for mark in _ENDS if (place := plain.find(mark, hit.end())) >= 0]
    return plain[start : min(ends, default=len(plain))]


def _without(plain: str, hit: re.Match[str]) -> str:
    """The text without the date; "aturan" goes with it when it stands directly before."""
    rule = hit.groupdict().get("rule") or ""
    kept = "" if re.match(r"(?:per)?aturan|berlaku", rule) else rule
    return " ".join(f"{plain[: hit.start()]} {kept} {plain[hit.end() :]}".split()).strip(" ,.;:")
