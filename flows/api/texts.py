"""Wording of the keys to an agency's figures, and of what a program is told."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.models import ApiToken

NEW, KEY, COPY, REVOKE, REVOKE_YES, KEEP, ALL, DONE = (
    "Buat akses",
    "Tampilkan token",
    "Salin token",
    "Cabut akses",
    "Ya, cabut",
    "Tidak jadi",
    "Semua akses",
    "Sudah disimpan",
)
ADMIN = "‹ Kelola instansi"
MADE = "✓ Akses dibuat. Tampilkan tokennya bila siap disalin."
REVOKED = "Akses dicabut. Program itu tidak dapat membaca lagi."

GONE = "Akses ini tidak ada dalam daftar instansi Anda."
CHANGED = "Akses ini sudah berubah. Ini keadaan terbaru."
KEY_SHOWN = "Token ini sudah pernah ditampilkan. Bila belum tersimpan, cabut akses ini dan buat yang baru."

_ABOUT = (
    "Program lain milik instansi, misalnya dasbor, dapat membaca angka unit: nilai, kemajuan, dan syarat. "
    "Nama orang, catatan, dan bukti tidak ikut, dan tidak ada yang dapat diubah lewat sini."
)
_ADDRESS = "Alamat server dan panduannya ada pada operator bot."

UNIT_GONE = (
    "Unit itu tidak ada dalam instansi token ini, sudah diarsipkan, atau belum punya LKE yang terbuka."
)
BAD_CURSOR = "cursor tidak dikenal. Mulai lagi tanpa cursor."
UNAUTHORIZED = "Token tidak ada, salah, atau sudah dicabut. Kirim header Authorization: Bearer TOKEN."
NOT_FOUND = "Alamat ini tidak ada. Daftar alamat: /api/v1/openapi.json."
NOT_ALLOWED = "API ini hanya untuk membaca: pakai GET."
UNAVAILABLE = "Data sedang tidak dapat dibaca. Coba lagi sebentar lagi."


def bad_label(most: int) -> str:
    """The typed name cannot be one."""
    return f"Nama akses 3 sampai {most} karakter dan memuat huruf, misalnya “Dasbor Biro Perencanaan”."


def full(most: int) -> str:
    """The agency has as many as it may have."""
    return f"Sudah ada {most} akses. Cabut yang tidak dipakai lagi, lalu buat yang baru."


def listed(agency: str, tokens: Sequence[ApiToken], now: datetime, zone: str) -> str:
    """The keys in use."""
    lines = [f"<b>Akses API</b> · {fmt.esc(agency)}", "", _ABOUT, ""]
    if not tokens:
        lines.append("Belum ada akses.")
    for number, token in enumerate(tokens, 1):
        lines += [f"{number}  <b>{fmt.esc(token.label)}</b>", _facts(token, now, zone)]
    return "\n".join([*lines, "", _ADDRESS])


def _facts(token: ApiToken, now: datetime, zone: str) -> str:
    made = f"dibuat {fmt.day_short(fmt.local(token.made_at, zone).date())}"
    return f"{made} · {_used(token, now, zone)}"


def _used(token: ApiToken, now: datetime, zone: str) -> str:
    if token.digest is None:
        return "token belum ditampilkan"
    if token.last_used_at is None:
        return "belum pernah dipakai"
    return f"terakhir dipakai {fmt.ago(token.last_used_at, now, zone)}"


def ask(agency: str) -> str:
    """Prompt for what the key is for."""
    return (
        f"<b>Akses baru</b> · {fmt.esc(agency)}\n\n"
        "Ketik nama program yang akan membaca, misalnya “Dasbor Biro Perencanaan”. "
        "Satu program satu akses, supaya dapat dicabut sendiri-sendiri."
    )


def one(token: ApiToken, key: str, now: datetime, zone: str) -> str:
    """A key's page; with the key itself right after it was made."""
    head = [f"<b>{fmt.esc(token.label)}</b>", "", _sentence(_facts(token, now, zone))]
    if key:
        return "\n".join(
            [
                *head,
                "",
                "<b>Salin token ini sekarang; tidak dapat ditampilkan lagi.</b>",
                f"<code>{fmt.esc(key)}</code>",
                "",
                "Simpan di tempat rahasia programnya. Siapa pun yang memegangnya dapat membaca angka "
                "semua unit instansi ini. Setelah disalin, ketuk tombol di bawah: token hilang dari obrolan.",
            ]
        )
    if token.digest is None:
        return "\n".join(
            [
                *head,
                "",
                "Tokennya dibuat saat Anda mengetuk Tampilkan token, dan hanya tampak satu kali. "
                "Siapkan dahulu tempat menyimpannya.",
            ]
        )
    return "\n".join([*head, "", KEY_SHOWN])


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def revoke_ask(token: ApiToken) -> str:
    """Before a key ends."""
    return (
        f"<b>Cabut akses {fmt.esc(token.label)}?</b>\n\n"
        "Program itu langsung tidak dapat membaca lagi. Ini tidak dapat dibatalkan; "
        "bila perlu, buat akses baru."
    )


# what a program is told ------------------------------------------------------------------------------


def bad_limit(most: int) -> str:
    """The page size cannot be one."""
    return f"limit harus bilangan 1 sampai {most}."


def unknown_parameter(name: str) -> str:
    """This address does not know it."""
    return f"Parameter {name} tidak dikenal di alamat ini."


def too_many(seconds: int) -> str:
    """The key has asked too often."""
    return f"Terlalu banyak permintaan. Coba lagi setelah {seconds} detik."
