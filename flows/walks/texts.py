"""Wording of counter walks."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.models import Person, Task, WalkMark
from flows.pic.candidates import Candidate
from flows.walks.photos import Picture
from flows.walks.service import BROKEN, FINE, LACKING, SKIPPED, Home, View
from knowledge.counter_walk import Point
from knowledge.instrument import Indicator

BEGIN, GO_ON, FINDINGS, END, PAST = (
    "Mulai keliling",
    "Titik berikutnya",
    "Temuan",
    "Tutup keliling",
    "Keliling {no}",
)
PHOTOS, MORE, ITEM, CHANGE, ASSIGN = "Lihat foto", "Penjelasan", "Buka indikator", "Ubah keadaan", "Tugaskan"
MINE, OTHERS, LATER, TASK = "Saya kerjakan", "Orang lain", "Nanti saja", "Lihat tugas"
ATTACH, REMOVE, TO_POINT, TO_WALK, DRILLS = (
    "Jadikan bukti",
    "Hapus foto",
    "‹ Titik ini",
    "‹ Keliling",
    "Latihan wawancara",
)
LABELS = {FINE: "Ada, baik", LACKING: "Belum ada", BROKEN: "Rusak/usang", SKIPPED: "Tidak berlaku"}
SAID = {
    "": "belum dilihat",
    FINE: "ada dan baik",
    LACKING: "belum ada",
    BROKEN: "rusak atau usang",
    SKIPPED: "tidak berlaku",
}
SIGNS = {"": "○", FINE: "✓", LACKING: "!", BROKEN: "!", SKIPPED: "✓"}
END_YES, KEEP_ON = "Ya, tutup", "Lanjutkan"
STILL_OPEN = "Tercatat. Tugasnya masih terbuka; tutup lewat Lihat tugas."
ATTACHING = "Setelah buktinya disimpan, kirim /keliling untuk melanjutkan."
MARKED, ALL_SEEN = "Tercatat.", "Tercatat. Semua titik sudah dilihat."
NOTED, REMOVED, ENDED = "Catatan tersimpan.", "Foto dihapus.", "Keliling ditutup. Temuannya tetap ada."
TITLE = "<b>Keliling loket</b>"


def home(found: Home) -> str:
    """What a walk is, or how far the present one is."""
    lines = [TITLE, fmt.esc(found.unit.name), ""]
    if found.open is None:
        lines += [
            f"{found.points} titik yang dilihat penilai, dari pintu masuk sampai ruang kerja. Di tiap titik: "
            "lihat, catat keadaannya, dan foto bila perlu. Yang belum ada atau rusak bisa langsung jadi "
            "tugas.",
            "",
            "Boleh bersama-sama: semua anggota tim melihat dan melanjutkan keliling yang sama.",
        ]
    else:
        lines += ["Keliling sedang berjalan.", progress(found.open)]
    for walk, findings in found.past:
        day = fmt.day_short(fmt.local(walk.begun_at, found.unit.zone).date())
        lines.append(f"✓ Keliling {day}: {findings} temuan")
    return "\n".join(lines)


def progress(found: View) -> str:
    """ "12 dari 22 titik dilihat, 3 temuan (2 sudah ditugaskan), 4 foto."""
    total, findings = len(found.way.points), found.findings
    given = sum(mark.task_id is not None for _, mark in findings)
    parts = [f"{found.seen} dari {total} titik dilihat"]
    if findings:
        parts.append(f"{len(findings)} temuan ({given} sudah ditugaskan)")
    if found.photos:
        parts.append(f"{sum(found.photos.values())} foto")
    return ", ".join(parts) + "."


def walk(found: View) -> str:
    """One walk, place by place."""
    begun = fmt.day_short(fmt.local(found.row.begun_at, found.unit.zone).date())
    by = found.names.get(found.row.begun_by or 0, "")
    head = f"{fmt.esc(found.unit.name)} · dimulai {begun}" + (f" oleh {fmt.esc(by)}" if by else "")
    lines = [TITLE, head, "", progress(found), ""]
    for place, name in found.way.places.items():
        points = found.way.of(place)
        seen = sum(bool(found.state(point)) for point in points)
        sign = "✓" if seen == len(points) else "○"
        lines.append(f"{sign} {fmt.esc(name)}: {seen} dari {len(points)}")
    if found.row.ended_at is not None:
        ended = fmt.day_short(fmt.local(found.row.ended_at, found.unit.zone).date())
        lines += ["", f"Ditutup {ended}. Yang tercatat tetap bisa dibaca."]
    else:
        lines += ["", fmt.esc(found.way.privacy)]
    return "\n".join(lines)


def ask_end(found: View) -> str:
    """Close the walk for everybody?"""
    left = len(found.way.points) - found.seen
    lines = ["<b>Tutup keliling ini?</b>", "", progress(found)]
    if left:
        lines.append(f"{left} titik belum dilihat.")
    lines.append("Setelah ditutup, keadaannya tidak diubah lagi; temuannya tetap bisa ditugaskan.")
    return "\n".join(lines)


def place(found: View, place_id: str) -> str:
    """The points of one place."""
    lines = [f"<b>{fmt.esc(found.way.places[place_id])}</b>", fmt.esc(found.unit.name), ""]
    lines += [point_line(found, point) for point in found.way.of(place_id)]
    return "\n".join(lines)


def point_line(found: View, point: Point) -> str:
    """One point with what was found there."""
    state = found.state(point)
    photos = found.photos.get(point.id, 0)
    more = f", {photos} foto" if photos else ""
    return f"{SIGNS[state]} {point.no}  {fmt.esc(point.title)}: {SAID[state]}{more}"


def point(found: View, at: Point, item: Indicator | None) -> str:
    """What to look at, and what is noted."""
    mark = found.marks.get(at.id)
    lines = [
        f"<b>{at.no} dari {len(found.way.points)}. {fmt.esc(at.title)}</b>",
        f"{fmt.esc(found.way.places[at.place])}",
        "",
        f"Lihat: {fmt.esc(at.look)}",
        f"Foto: {fmt.esc(at.photo)}",
    ]
    if item is not None:
        lines.append(f"Indikator: {item.number} {fmt.esc(item.title)}")
    lines.append(f"Dasar: {fmt.esc(at.rule)}")
    if at.caution:
        lines.append(f"Catatan: {fmt.esc(at.caution)}")
    lines += ["", *_noted(found, mark)]
    photos = found.photos.get(at.id, 0)
    if photos:
        lines.append(f"{photos} foto tersimpan di titik ini.")
    if found.may_walk:
        lines += ["", "Kirim foto di sini, atau ketuk keadaannya."]
    return "\n".join(lines)


def _noted(found: View, mark: WalkMark | None) -> list[str]:
    if mark is None or not mark.state:
        return ["Keadaan: belum dilihat."]
    by = found.names.get(mark.set_by or 0, "")
    day = fmt.moment(mark.set_at, found.unit.zone)
    lines = [f"Keadaan: {SAID[mark.state]}" + (f" · {fmt.esc(by)}, {day}" if by else f" · {day}")]
    if mark.note:
        lines.append(f"Temuan: {fmt.esc(mark.note)}")
    task = found.task_of(mark)
    if task is not None:
        lines.append(f"Tugas: {task_state(task, found)}")
    return lines


def task_state(task: Task, found: View) -> str:
    """Whose it is and how it stands."""
    states = {"open": "belum dikerjakan", "doing": "dikerjakan", "stuck": "ada kendala", "done": "selesai"}
    said = states.get(task.state, "tidak dilanjutkan")
    name = found.names.get(task.person_id or 0, "")
    return f"{fmt.esc(name)}, {said}" if name else said


def finding(found: View, at: Point, mark: WalkMark, owner: Person | None, due_on: date, title: str) -> str:
    """Who takes care of what is missing."""
    lines = [
        f"<b>Temuan: {fmt.esc(at.title)}</b>",
        f"{SAID[mark.state].capitalize()}.",
        "",
    ]
    if mark.note:
        lines.append(f"Catatan: {fmt.esc(mark.note)}")
    else:
        lines.append("Ketik satu kalimat bila perlu dijelaskan, misalnya: <i>tahunnya masih 2025</i>.")
    if not found.may_task:
        lines += ["", "Temuan tersimpan. Tim yang menugaskannya dari daftar temuan."]
        return "\n".join(lines)
    who = f" PIC indikatornya {fmt.esc(owner.name)}." if owner is not None else ""
    lines += [
        "",
        f"Siapa yang mengerjakan?{who}",
        f"Tugasnya: {fmt.esc(title)}, batas {fmt.day_long(due_on)}. Batas dan PIC bisa diubah di tugasnya.",
    ]
    return "\n".join(lines)


def owner_label(owner: Person) -> str:
    """ "Tugaskan Dewi (contoh)"."""
    return fmt.cut(f"Tugaskan {owner.name}", 40)


def owners(at: Point, shown: Sequence[Candidate], page: int) -> str:
    """Whom to give it to."""
    names = "\n".join(f"{n}  {fmt.esc(each.person.name)}" for n, each in enumerate(shown, page + 1))
    return f"<b>Siapa yang mengerjakan?</b>\n{fmt.esc(at.title)}\n\n{names}"


def findings(found: View, shown: Sequence[tuple[Point, WalkMark]], first: int) -> str:
    """What is missing or broken, and who has it."""
    lines = ["<b>Temuan keliling</b>", fmt.esc(found.unit.name), ""]
    if not shown:
        return "\n".join([*lines, "Belum ada temuan."])
    for n, (at, mark) in enumerate(shown, first + 1):
        task = found.task_of(mark)
        whose = task_state(task, found) if task is not None else "belum ditugaskan"
        note = f" ({fmt.esc(mark.note)})" if mark.note else ""
        lines.append(f"{n}  {fmt.esc(at.title)}: {SAID[mark.state]}{note}\n   {whose}")
    return "\n".join(lines)


def assigned(name: str) -> str:
    """The finding is an action item now."""
    return f"Tugas dicatat untuk {name}."


def picture(found: Picture) -> str:
    """Below a photo."""
    lines = [f"<b>{fmt.esc(found.point.title)}</b>"]
    by = fmt.esc(found.by.name) if found.by is not None else "mantan anggota"
    lines += ["", f"Difoto {by}, {fmt.moment(found.row.taken_at, found.walk.unit.zone)}."]
    if found.state == "saved":
        lines.append("✓ Sudah menjadi bukti dukung.")
    elif found.state == "sent":
        lines.append("Sudah dikirim sebagai bukti; pengirimnya tinggal menyimpan.")
    elif found.item is not None and found.may_attach:
        lines.append(f"Bisa dijadikan bukti dukung {found.item.number} {fmt.esc(found.item.title)}.")
    elif found.item is not None:
        lines.append(f"Untuk dijadikan bukti {found.item.number}, minta pokja areanya membuka foto ini.")
    return "\n".join(lines)


def saved_photo(found: View, at: Point) -> str:
    """A photo was kept."""
    count = found.photos.get(at.id, 0)
    return f"Foto tersimpan di titik ini ({count})."
