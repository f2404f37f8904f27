"""What is refused, in one sentence each."""

from flows import routes
from flows.errors import BadInput, Missing, Outdated
from flows.routes import Action


def year_unknown() -> Missing:
    """A year of which nothing can be noted down."""
    return Missing("Tahun itu di luar catatan bot ini. Pilih tahun dari tombol yang ada.")


def stage_unknown(unit_id: int, year: int) -> Missing:
    """A stage that no button has."""
    return Missing("Tahap itu tidak dikenal. Ini daftarnya.", next=routes.SEASON(unit_id, year))


def changed(again: Action) -> Outdated:
    """Somebody was quicker."""
    return Outdated(
        "Bagian ini baru saja diubah orang lain, jadi perubahan Anda belum disimpan. Ini keadaan terbaru.",
        next=again,
    )


def after_an_end(stage: str, again: Action) -> BadInput:
    """A result after the unit's way has ended."""
    return BadInput(
        f"{stage} tercatat tidak lolos, jadi tahap sesudahnya belum dapat diisi. Perbaiki hasil "
        "tahap itu lebih "
        "dulu bila keliru, atau catat sanggahan yang diterima.",
        next=again,
    )


def later_known(stage: str, again: Action) -> BadInput:
    """This result would end the unit's way before a stage that has a result."""
    return BadInput(
        f"{stage} sudah ada hasilnya, jadi tahap ini tidak dapat dicatat begitu. Kosongkan dulu hasil tahap "
        "sesudahnya bila keliru.",
        next=again,
    )


def objection_without_ground(again: Action) -> BadInput:
    """The result of an objection, though there is nothing to object to."""
    return BadInput(
        "Sanggahan diisi setelah seleksi administrasi tidak lolos atau lolos dengan catatan, sebelum tahap "
        "berikutnya ada hasilnya. Isi dulu hasil seleksinya.",
        next=again,
    )


def day_unread(again: Action) -> BadInput:
    """No day is meant by the text."""
    return BadInput("Tanggalnya belum terbaca. Contoh: 4 Juli 2027, atau kemarin.", next=again)


def day_ahead(again: Action) -> BadInput:
    """A result of tomorrow."""
    return BadInput(
        "Tanggal itu belum tiba, sedangkan hasil dicatat setelah diumumkan. Ketik tanggal sampai hari ini.",
        next=again,
    )


def too_long(length: int, most: int, again: Action) -> BadInput:
    """More than is kept."""
    return BadInput(
        f"Tulisan ini {length} huruf, sedangkan paling banyak {most}, jadi belum disimpan. "
        "Ringkas, lalu kirim "
        "lagi.",
        next=again,
    )


def empty(again: Action) -> BadInput:
    """Nothing was typed."""
    return BadInput("Isinya masih kosong. Ketik isinya, atau ketuk Kembali.", next=again)


def too_many(lines: int, most: int, again: Action) -> BadInput:
    """More lines than are taken at once."""
    return BadInput(
        f"Ada {lines} catatan, sedangkan sekali kirim paling banyak {most}, jadi belum ada yang "
        "disimpan. Kirim "
        "bertahap.",
        next=again,
    )


def note_gone() -> Missing:
    """A note that is not there or not theirs."""
    return Missing("Catatan LHE itu tidak ada dalam daftar Anda.")


def no_later_year(year: int, again: Action) -> BadInput:
    """There is no assessment yet that the notes could go into."""
    return BadInput(
        f"LKE setelah tahun {year} belum dibuka di unit ini. Buka lewat Data unit, Tahun "
        "penilaian, lalu ulangi.",
        next=again,
    )


def quota_unread(again: Action) -> BadInput:
    """No number in what was typed."""
    return BadInput(
        "Kuotanya belum terbaca. Ketik angka lalu nomor suratnya, misalnya: 12 / B-23/PW.00/2027.", next=again
    )


def quota_below(picked: int, again: Action) -> BadInput:
    """A quota smaller than what is picked already."""
    return BadInput(
        f"Sudah {picked} unit dipilih. Batalkan sebagian pilihan lebih dulu, baru kuotanya dikecilkan.",
        next=again,
    )


def quota_full(quota: int, again: Action) -> BadInput:
    """No place left."""
    return BadInput(
        f"Kuota {quota} unit sudah terpakai semua, jadi unit ini belum dipilih. Batalkan satu "
        "pilihan lain, atau "
        "ubah kuotanya bila suratnya berubah.",
        next=again,
    )


def target_unknown(again: Action) -> Missing:
    """A target that no button has."""
    return Missing("Sasaran itu tidak dikenal. Yang ada WBK dan WBBM.", next=again)
