"""What is refused in learning, in sentences for the person."""

from flows import routes
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.routes import Action


def only_team() -> NotAllowed:
    """For those who neither coordinate the unit nor administer the agency."""
    return NotAllowed("Pertanyaan tim dibaca koordinator unit dan admin instansi..")


def only_admin() -> NotAllowed:
    """For those who do not administer the agency."""
    return NotAllowed("Jawaban instansi ditinjau dan diatur oleh admin instansi.")


def private() -> NotAllowed:
    """In groups."""
    return NotAllowed("Bagian ini hanya dibuka di obrolan pribadi dengan bot ini.")


def gone(next_: Action | None = None) -> Missing:
    """Unknown, removed, or somebody else's."""
    return Missing("Pertanyaan ini tidak ada dalam daftar Anda.", next=next_)


def entry_gone(next_: Action | None = None) -> Missing:
    """An entry that is not this person's to see."""
    return Missing("Jawaban instansi ini tidak ada atau tidak lagi berlaku.", next=next_)


def handled(next_: Action) -> Outdated:
    """Somebody dealt with it in the meantime."""
    return Outdated("Pertanyaan ini sudah ditangani. Ini keadaan terbaru.", next=next_)


def answered_before(name: str, next_: Action) -> Outdated:
    """Another coordinator was quicker."""
    return Outdated(
        f"Pertanyaan ini baru saja dijawab oleh {name}, jadi tulisan Anda tidak dikirim. "
        "Tulisan itu masih ada di obrolan ini.",
        next=next_,
    )


def not_open(next_: Action) -> Outdated:
    """The question no longer waits for an answer."""
    return Outdated("Pertanyaan ini tidak lagi menunggu jawaban, jadi tidak ada yang dikirim.", next=next_)


def empty(next_: Action) -> BadInput:
    """Nothing was typed."""
    return BadInput("Isinya masih kosong. Silakan ketik isinya.", next=next_)


def too_long(length: int, limit: int, next_: Action) -> BadInput:
    """Longer than can be kept."""
    return BadInput(
        f"Isinya {length} huruf, batasnya {limit}, jadi belum disimpan. Tulisan Anda masih ada di atas: "
        f"salin, pendekkan {length - limit} huruf, lalu kirim lagi.",
        next=next_,
        length=length,
    )


def too_many_open(limit: int) -> BadInput:
    """The asker has enough questions waiting."""
    return BadInput(
        f"Masih ada {limit} pertanyaan Anda yang menunggu jawaban. Tunggu salah satunya, atau tarik yang "
        "tidak lagi diperlukan.",
        next=routes.MY_QUESTIONS(0),
    )


def nobody_to_ask() -> BadInput:
    """The unit has no other coordinator."""
    return BadInput("Unit ini belum punya koordinator lain yang bisa ditanya. Coba tanyakan kepada TPI.")


def moved(next_: Action) -> Outdated:
    """The entry was changed since the screen was drawn."""
    return Outdated(
        "Jawaban ini baru saja diubah orang lain, jadi belum ada yang disimpan. Ini keadaan terbaru.",
        next=next_,
    )


def no_question(next_: Action) -> BadInput:
    """An entry without a way of asking."""
    return BadInput("Tulis paling sedikit satu pertanyaan, satu baris satu pertanyaan.", next=next_)


def asked_already(question: str, entry_id: int, next_: Action) -> BadInput:
    """Two active entries would answer the same question."""
    return BadInput(
        f'Pertanyaan "{question}" sudah dijawab oleh jawaban nomor {entry_id}. Ubah salah satunya dulu.',
        next=next_,
    )


def too_many_entries(limit: int, next_: Action) -> BadInput:
    """The agency has as many entries as can be kept in use."""
    return BadInput(
        f"Instansi sudah memiliki {limit} jawaban. Pensiunkan yang tidak lagi dipakai lebih dulu.",
        next=next_,
    )


def bad_file(next_: Action) -> BadInput:
    """Neither Excel nor YAML."""
    return BadInput(
        "Berkas ini bukan Excel (.xlsx) atau YAML (.yaml), jadi tidak disimpan. Unduh contohnya dulu lewat "
        "Unduh Excel.",
        next=next_,
    )


def file_too_big(limit_mib: int, next_: Action) -> BadInput:
    """Larger than is read."""
    return BadInput(
        f"Berkas melebihi batas {limit_mib} MB, jadi belum tersimpan. Bagi menjadi beberapa berkas.",
        next=next_,
    )


def import_over() -> Outdated:
    """The import has ended."""
    return Outdated("Impor ini sudah selesai, jadi tidak ada yang diubah.", next=routes.ENTRIES("active", 0))


def import_moved(next_: Action) -> Outdated:
    """Entries were changed since the trial result was shown."""
    return Outdated(
        "Jawaban instansi berubah sejak hasil ini dihitung, jadi belum ada yang disimpan. Ini hasil terbaru.",
        next=next_,
    )
