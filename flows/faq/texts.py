"""Wording of answers, choices, refusals and small talk. Plain text; screens escape it."""

from collections.abc import Mapping

HELPFUL = "Membantu"
NOT_QUITE = "Kurang tepat"
ASK_COORDINATOR = "Tanya koordinator"
MY_QUESTIONS = "Pertanyaan saya"
NATIONAL = "Aturan nasional"
GENERAL = "Jawaban umum"
OF_AGENCY = "Jawaban instansi"
SEE_TOPICS = "Daftar topik"
GUIDE = "Panduan singkat"
ASK_AGAIN = "Tanya lagi"
OPEN_INDICATOR = "Buka di Isi LKE"
CHECK_SERVICE = "Cek kesiapan layanan"
OPEN_WHOLE = "Buka lengkap"
OPEN = "Buka"
OPEN_PRIVATE = "Buka Pandu ZI"
GROUPS_BACK = "‹ Kelompok"

MARK = "•"

PROMPT = (
    "Silakan tulis pertanyaan Anda.\n\n"
    "Bahasa sehari-hari boleh, misalnya:\n"
    "• apa syarat WBK?\n"
    "• total 78 tapi survei 14, bagaimana?\n"
    "• bukti untuk agen perubahan apa saja\n\n"
    "Mohon tidak menulis data pribadi atau rahasia."
)

THANKS_HELPFUL = "Terima kasih atas tanggapannya."
THANKS_NOT_QUITE = "Tercatat, supaya jawaban ini diperbaiki. Nama Anda tidak ikut dicatat."

UNKNOWN_TOPIC = "Topik ini tidak ada lagi. Silakan tulis pertanyaannya."

SCOPE = "ZI, WBK dan WBBM, reformasi birokrasi, pelayanan publik, pengaduan, dan antikorupsi di unit kerja"

CHOOSE = "Maaf, saya belum menangkap maksudnya. Yang Anda tanyakan yang mana?"

OUTSIDE = f"Maaf, itu di luar yang saya pegang. Saya menjawab seputar {SCOPE}."

NOT_FOUND = "Maaf, jawaban untuk itu belum ada pada saya, dan saya tidak ingin menebak."

NOT_FOUND_NEXT = (
    f"Saya menjawab seputar {SCOPE}. Coba tulis dengan kata lain, atau pilih dari daftar topik.\n"
    "Untuk hal khusus unit Anda, tanyakan langsung kepada koordinator unit atau Tim Penilai Internal (TPI)."
)

OTHER_SCRIPT = (
    "Maaf, saya baru dapat membaca pertanyaan dalam bahasa Indonesia dengan huruf Latin.\n"
    "Sorry, I can only read questions in Indonesian."
)

INVITE = 'Silakan tanyakan apa saja seputar ZI, misalnya "apa syarat WBK?".'

ANGER = "kesal"
"""The one kind of small talk that answers nothing: the person is still without what they came for."""

SMALLTALK: Mapping[str, str] = {
    "salam": "{greeting}. " + INVITE,
    "sapa": "{greeting}, Bapak/Ibu. " + INVITE,
    "kenalan": "Salam kenal, senang bertemu Anda. Saya Pandu ZI, bot pendamping tim Zona Integritas. "
    + INVITE,
    "kabar": "Kabar baik, terima kasih. Semoga Bapak/Ibu juga. " + INVITE,
    "obrolan": (
        "Soal itu saya tidak bisa menimpali: saya program komputer yang hanya paham ZI. "
        "Semoga hari Anda menyenangkan. " + INVITE
    ),
    "selamat": "Terima kasih atas ucapannya, doa baik yang sama untuk Anda dan tim. " + INVITE,
    "doa": "Aamiin, semoga dilancarkan. Bila ada yang perlu dicek sebelum penilaian, tulis saja di sini.",
    "pujian": "Terima kasih, senang bila berguna. Bila ada pertanyaan lain, langsung tulis saja di sini.",
    "maaf": "Tidak apa-apa. Bila ada yang ingin ditanyakan seputar ZI, langsung tulis saja di sini.",
    "lelah": (
        "Semoga Anda lekas lebih baik, istirahatlah bila perlu. Urusan ZI bisa dicicil: "
        "bila siap, tulis satu hal yang paling mengganjal, saya bantu dari situ."
    ),
    "hiburan": ("Untuk hiburan saya kurang pandai: saya program komputer yang hanya paham ZI. " + INVITE),
    "sayang": "Terima kasih, tetapi saya hanya program komputer. " + INVITE,
    "terima-kasih": "Sama-sama, senang bisa membantu. Bila ada pertanyaan lain, langsung tulis saja di sini.",
    "oke": "Baik. Bila ada yang ingin ditanyakan lagi, langsung tulis saja di sini.",
    "pamit": "Baik, sampai jumpa. Saya tetap di sini bila Anda perlu.",
    "siapa": (
        "Saya Pandu ZI, bot pendamping tim Zona Integritas. Saya program komputer, bukan orang, "
        f"dan bukan sistem pemerintah.\nSaya menjawab pertanyaan seputar {SCOPE}."
    ),
    "bisa-apa": (
        f"Silakan, langsung tulis pertanyaannya. Saya menjawab seputar {SCOPE}.\n"
        'Contoh: "apa syarat WBK?", "batas lapor LHKPN kapan?", "bukti area 5 apa saja".'
    ),
    "kesal": (
        "Maaf bila jawaban saya mengecewakan. Coba tulis pertanyaannya dengan kata lain, sebisanya satu hal "
        "dalam satu pesan.\nBila jawabannya keliru, tombol Kurang tepat di bawahnya membantu memperbaiki."
    ),
    "progres": (
        "Nilai dan kemajuan unit ada di menu Progres (/progres), khusus untuk anggota unit.\n"
        "Di sana terlihat indikator yang sudah dan belum terisi."
    ),
    "jadwal": "Batas waktu unit Anda ada di menu Jadwal (/jadwal), khusus untuk anggota unit.",
}

GREETINGS: tuple[tuple[str, str], ...] = (
    ("alaikum", "Waalaikumsalam"),
    ("shalom", "Shalom"),
    ("swastiastu", "Om swastiastu"),
    ("buddhaya", "Namo buddhaya"),
    ("pagi", "Selamat pagi"),
    ("morning", "Selamat pagi"),
    ("siang", "Selamat siang"),
    ("afternoon", "Selamat siang"),
    ("sore", "Selamat sore"),
    ("evening", "Selamat malam"),
    ("malam", "Selamat malam"),
    ("salam", "Salam sejahtera"),
)
"""A greeting is returned in its own words: what part of the day it is, the person has just said."""


def smalltalk(kind: str, said: str) -> str:
    """The reply to small talk of this kind."""
    said = said.lower()
    greeting = next((answer for sign, answer in GREETINGS if sign in said), "Halo")
    return SMALLTALK[kind].replace("{greeting}", greeting)


def group_prompt(bot_username: str) -> str:
    """How to ask where others read along."""
    return (
        f"Tulis pertanyaan setelah /tanya, sebut @{bot_username}, atau balas pesan saya.\n\n"
        "Contoh: /tanya beda WBK dan WBBM\n\n"
        "Jawaban di sini singkat dan umum. Data unit hanya dibuka di obrolan pribadi."
    )


def basis(rules: tuple[str, ...], other: str) -> str:
    """The line that names what an answer rests on; empty without either."""
    named = "; ".join(rules) or other
    return f"Dasar: {named}" if named else ""


def only_basis(title: str, rules: tuple[str, ...], other: str) -> str:
    """What an answer rests on, asked for by itself."""
    return f"Dasar jawaban tadi ({title}):\n{'; '.join(rules) or other}"


def caution(sentence: str) -> str:
    """The line that says what is uncertain."""
    return f"Perlu diketahui: {sentence}" if sentence else ""


TODAYS_RULE = "Aturan sekarang:"


def listed(names: tuple[str, ...]) -> str:
    """Two or more names joined as in a sentence."""
    return names[0] if len(names) == 1 else " dan ".join((", ".join(names[:-1]), names[-1])) if names else ""


def on_that_day(said: str, rule: str) -> str:
    """The rule of the days asked about, in one line."""
    return f"{said[0].upper()}{said[1:]}: {_inside(rule)}"


def until(end: str, old: str, rule: str) -> str:
    """An earlier rule that ended within the days asked about."""
    return f"Sampai {end}{f', menurut {old}' if old else ''}: {_inside(rule)}"


def since(day: str, now: str) -> str:
    """What has held from a day on."""
    return f"Sejak {day}: {now}."


def _inside(sentence: str) -> str:
    """A sentence as it goes on after a colon: names and abbreviations keep their capitals."""
    return sentence if sentence[:2].isupper() or sentence[0].isdigit() else sentence[0].lower() + sentence[1:]


def note(sentence: str) -> str:
    """What is uncertain about an earlier rule."""
    return f"Catatan: {sentence}"


def changed(end: str, old: str, since: str, now: str) -> str:
    """Until when the earlier rule held, and what has held since."""
    return f"Sampai {end} berlaku {old or 'aturan itu'}; sejak {since} {now}."


def same_rule(said: str, rule: str, since: str) -> str:
    """Today's rule already held then."""
    by = f"{rule}, " if rule else ""
    return f"Untuk {said} berlaku aturan yang sama dengan sekarang ({by}sejak {since})."


def not_yet(said: str) -> str:
    """Days that have not come yet."""
    return f"Untuk {said} belum dapat dipastikan; ini aturan yang berlaku sekarang."


def only_present(said: str, rule: str, since: str) -> str:
    """Nothing is known about these days."""
    asked = "Aturan dulu" if said == "dulu" else f"Aturan untuk {said}"
    if not since:
        return f"{asked} tidak tercatat pada saya. Ini aturan yang saya ketahui sekarang."
    by = f", menurut {rule}" if rule else ""
    return f"{asked} tidak ada pada saya. Yang saya pegang aturan sekarang, berlaku sejak {since}{by}."


def choices(titles: list[str]) -> str:
    """The nearest topics, numbered."""
    lines = [f"{number}  {title}" for number, title in enumerate(titles, 1)]
    numbers = ["1", "1 atau 2", "1, 2, atau 3"][len(titles) - 1]
    return "\n".join((CHOOSE, "", *lines, "", f"Balas {numbers}, atau tulis dengan kata lain."))


def outside(hint: str) -> str:
    """A refusal that says where to go, when that is known."""
    return "\n\n".join(part for part in (OUTSIDE, hint) if part)


def groups(lines: list[str]) -> str:
    """The groups of topics with their sizes."""
    return "\n".join(("Pilih kelompok topik, atau langsung tulis pertanyaan Anda.", "", *lines))


def group(name: str, titles: list[str], first: int, page: int, pages: int) -> str:
    """One page of a group's topics, numbered."""
    where = f" · halaman {page + 1} dari {pages}" if pages > 1 else ""
    lines = [f"{number}  {title}" for number, title in enumerate(titles, first)]
    return "\n".join((f"{name}{where}", "", *lines))


def back_to(number: str) -> str:
    """The button that leads back to the open prompt."""
    return f"Kembali ke {number}" if number else "‹ Kembali"
