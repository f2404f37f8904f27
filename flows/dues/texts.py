"""Wording of what is due. Plain text."""

from collections.abc import Sequence

from flows import fmt
from knowledge.answers import Item
from knowledge.instrument import Area

PIC, DEPUTY, COORDINATOR = "PIC indikator ini", "pengganti PIC indikator ini", "koordinator unit"
TASK_PIC, TASK_MAKER = "PIC tugas ini", "pembuat tugas ini, yang belum punya PIC"
SENDER = "yang mengirim indikator ini untuk direviu"
KEEPER = "yang menyimpan bukti ini"
DUTY_PIC = "PIC indikator yang memerlukan buktinya"

ENDS_ITEM = "Pengingat berhenti begitu bukti terkirim dan indikatornya lengkap."
ENDS_AREA = "Pengingat berhenti begitu semua indikatornya lengkap atau ditandai selesai."
ENDS_MARK = "Pengingat berhenti begitu koordinator unit menandainya selesai."
ENDS_TASK = "Pengingat berhenti begitu tugasnya ditandai selesai."
ENDS_RETURNED = "Pengingat berhenti begitu perbaikannya dikirim lagi."
ENDS_RENEWAL = "Pengingat berhenti begitu bukti yang baru disimpan atau masa berlakunya diubah."
ENDS_DUTY = "Pengingat berhenti begitu bukti periode ini ada, atau ditandai selesai."

TASK_STATES = {"open": "Belum dikerjakan.", "doing": "Sedang dikerjakan."}


def item(one: Item) -> str:
    """ "Kampanye antigratifikasi (A.I.5.i.a)"."""
    return f"{one.title} ({one.number})"


def area(one: Area) -> str:
    """ "Area 5 Penguatan Pengawasan"."""
    return f"Area {one.no} {one.name}"


def leads(one: Area | None) -> str:
    """Why a ketua is concerned."""
    return f"ketua pokja Area {one.no}" if one is not None else "ketua pokja"


def works(one: Area | None, unowned: int) -> str:
    """Why a member is concerned: nobody is PIC yet."""
    where = f"anggota pokja Area {one.no}" if one is not None else "anggota tim"
    return f"{where}; {unowned} indikatornya belum punya PIC"


def leads_unowned(one: Area | None) -> str:
    """Why a ketua is concerned by one item."""
    return f"{leads(one)}; indikator ini belum punya PIC yang dapat dihubungi"


def in_charge_of(count: int) -> str:
    """Why a PIC is concerned by a whole part."""
    return "PIC 1 indikator yang belum lengkap" if count == 1 else f"PIC {count} indikator yang belum lengkap"


def deputy_of(count: int) -> str:
    """Why a deputy is concerned by a whole part."""
    return f"pengganti {in_charge_of(count)}"


def lacks(answered: bool, evidence: int, missing: Sequence[str]) -> str:
    """What one item still lacks."""
    if not answered:
        return "Jawabannya belum diisi."
    if not missing:
        return "Bukti dukungnya belum ada." if not evidence else "Penjelasannya belum diisi."
    return f"Masih kurang {len(missing)}: {fmt.cut(fmt.one_line(missing[0]), 160)}."


def undone(count: int, total: int) -> str:
    """How much of a part is not done."""
    return f"{count} dari {total} indikator belum lengkap."


def unanswered(count: int, total: int) -> str:
    """How much of the whole LKE is not answered."""
    if not count:
        return f"Semua {total} isian LKE sudah terjawab; tinggal ditandai selesai."
    return f"Belum terjawab {count} dari {total} isian LKE."


def task_state(state: str, reason: str) -> str:
    """How far an action item is."""
    if state == "stuck":
        return f"Ada kendala: {fmt.cut(fmt.one_line(reason), 160)}."
    return TASK_STATES[state]


def returned(reason: str) -> str:
    """What the reviewer asks for."""
    return f"Catatan reviu: {fmt.cut(fmt.one_line(reason), 200)}"


def renewal(title: str) -> str:
    """The name of a piece of evidence that is to be renewed."""
    return f"bukti {title}"


def stage(what: str, *, over: bool) -> str:
    """What a stage is about; once its day is over, how to say that it took place. Others may carry it out."""
    said = " Bila sudah berlangsung, tandai selesai; bila diundur, ubah tanggalnya." if over else ""
    return f"{what}.{said}"


def no_evidence(period: str, numbers: Sequence[str]) -> str:
    """That nothing stands for a period: "TW III 2026: belum ada bukti (A.I.5.i.a)."."""
    return f"{period}: belum ada bukti ({', '.join(numbers)})."


def no_surveys(period: str, kinds: Sequence[str], there: Sequence[str]) -> str:
    """Which surveys of a period are not in the register: "TW I 2027: SPKP belum tercatat."."""
    missing = " dan ".join(kind for kind in kinds if kind not in there)
    return f"{period}: {missing} belum tercatat di daftar survei."


def ends_surveys(kinds: Sequence[str]) -> str:
    """What ends reminding of surveys."""
    named = " dan ".join(kinds)
    return f"Pengingat berhenti begitu {named} periode ini tercatat, buktinya ada, atau ditandai selesai."


SOON_INVALID = "Masa berlakunya berakhir; mohon kirim yang baru."
OUT_OF_WINDOW = "Tanggalnya di luar rentang bukti; mohon kirim yang lebih baru atau tetapkan periodenya."
