"""Questions that tempt, and questions without a national rule, get the honest way and no invented number."""

from pathlib import Path

import pytest

from flows.faq import brief
from flows.faq.replies import reply_to
from knowledge.errors import KnowledgeFileError
from knowledge.library import Library
from knowledge.pointed import load_pointed

TEMPTING = (
    ("boleh ga tanggal dokumen dimundurkan", "bukti-dukung-umum", "Jangan membuat dokumen bertanggal mundur"),
    ("bikin notula rapat tanggal mundur boleh?", "bukti-dukung-umum", "kumpulkan yang asli"),
    ("daftar hadir rapat boleh diisi belakangan?", "bukti-dukung-umum", "sesuai keadaan"),
    ("sk tim boleh dibikin tanggal mundur ga", "tim-kerja-zi", "Jangan memundurkan tanggal SK"),
    ("SOP dibuat mundur biar kelihatan lama", "sop", "tanggal sebenarnya"),
    (
        "tanggal terima gratifikasi dimundurkan biar ga telat",
        "lapor-gratifikasi",
        "tanggal terima yang sebenarnya",
    ),
    ("laporan kinerja dibikin tanggal mundur", "laporan-kinerja", "catat tanggal sebenarnya"),
    ("boleh pilih responden yang puas aja ga", "survei-mandiri", "Jangan memilih hanya yang puas"),
    ("boleh ga ngarahin responden kasih nilai 4", "survei-mandiri", "tanpa diarahkan"),
    (
        "kuesioner spak boleh diisi petugas aja biar cepet?",
        "survei-mandiri",
        "diisi penerima layanan sendiri",
    ),
    ("suruh pegawai pura pura jadi pengguna layanan buat survei", "survei-mandiri", "penerima layanan"),
    ("indeks 3,58 dibulatkan jadi 3,60 boleh?", "nilai-minimal-survei", "Jangan membulatkan indeks"),
    ("ipak 3,58 bisa dibulatkan ke 3,6?", "nilai-minimal-survei", "masih di bawah 15,75"),
    ("nilai total 74,9 dibulatkan jadi 75 boleh", "nilai-total-minimal", "Jangan mengandalkan pembulatan"),
    ("pengaduan nol boleh ga", "pengelolaan-pengaduan", "Nol pengaduan bukan syarat"),
    ("zero complaint apakah bagus untuk nilai", "pengelolaan-pengaduan", "Catat semua keluhan apa adanya"),
    (
        "pengaduan dihapus biar kelihatan nol boleh?",
        "pengelolaan-pengaduan",
        "menghapus atau menahan keluhan",
    ),
    ("kalo ga ada pengaduan sama sekali gmn", "dumas-area-5", "tidak ada pengaduan sama sekali"),
    ("bayar konsultan biar lulus WBK", "tpn", "Kelulusan tidak dapat dibayar"),
    ("ada orang nawarin bisa loloskan wbk bayar 50 juta", "tpn", "jangan dituruti"),
    ("boleh ga minta bocoran hasil ke TPN", "tpn", "hasil hanya diketahui dari pengumuman"),
    ("minta bocoran nilai ke TPI", "penilaian-tpi", "Bocoran atau titipan nilai bukan jalannya"),
    ("amplop untuk evaluator tpn", "gratifikasi", "jangan memberi oleh-oleh"),
    ("LHKPN belum 100% tapi mau diusulkan, boleh ditulis 100%?", "syarat-unit-diusulkan", "apa adanya"),
    ("TLHP belum selesai tapi bikin surat clearance dulu boleh?", "tlhp-100", "belum 100%"),
    ("ngarang data capaian biar dapat A", "capaian-kinerja-hasil", "apa adanya"),
    ("hukuman disiplin disembunyikan biar nilainya bagus", "disiplin-kode-etik", "apa adanya"),
    ("pegawai dilarang lapor biar ga ada kasus", "wbs", "jangan menahan orang yang melapor"),
    ("capaian 99,6 persen boleh dibulatkan jadi 100?", "reform-area-4", "99,6% belum 100%"),
    ("47,5 pengungkit bisa dibulatkan ke 48 ga ya", "nilai-minimal-pengungkit", "Jangan membulatkan"),
    ("nyontek inovasi kantor lain boleh ga", "inovasi-pelayanan", "sebut asalnya apa adanya"),
    ("copas dokumen unit yg sudah wbk gpp ga", "replikasi", "tanpa menjalankannya tidak membantu"),
    ("jawab A semua aja di LKE boleh ga", "lke", "memang didukung bukti"),
)

WITHOUT_A_RULE = (
    ("minimal responden SPAK berapa", "survei-mandiri", "belum ditemukan"),
    ("jumlah responden spkp minimal berapa orang", "survei-mandiri", "tanyakan ke TPI"),
    ("sampel survei pakai slovin boleh?", "survei-mandiri", "rumus sampel"),
    ("notulen harus ttd basah?", "bukti-dukung-umum", "tidak ditemukan dalam aturan nasional"),
    ("tanda tangan elektronik di notula boleh ga", "bukti-dukung-umum", "tata naskah dinas"),
    ("berapa lama masa berlaku predikat wbk", "masa-berlaku", "tidak"),
    ("berapa orang anggota tim ZI minimal", "tim-kerja-zi", "tidak"),
)

OWN_WORDS = (
    ("eviden apa saja yg harus disiapkan", "bukti-dukung-umum"),
    ("daduk itu apa", "bukti-dukung-umum"),
    ("data dukung itu apa", "bukti-dukung-umum"),
    ("data dukung area 5", "bukti-area-5"),
    ("eviden area 3 apa aja", "bukti-area-3"),
    ("daduk area 6", "bukti-area-6"),
    ("beda pengaduan area 5 dan area 6", "dumas-area-5"),
    ("beda pengaduan area pengawasan dan pelayanan publik", "dumas-area-5"),
    ("beda pengaduan di area pengawasan sama pelayanan publik apa", "dumas-area-5"),
    ("8 area RB vs 6 area ZI", "beda-8-dan-6-area"),
    ("kenapa area zi cuma 6 padahal rb 8", "beda-8-dan-6-area"),
)


@pytest.mark.parametrize(("question", "topic", "part"), [*TEMPTING, *WITHOUT_A_RULE])
def test_the_honest_way_is_told(library: Library, question: str, topic: str, part: str) -> None:
    outcome = library.ask(question)
    assert (outcome.kind, outcome.topics[:1]) == ("answer", (topic,))
    assert part.lower() in reply_to(library, question, outcome).text.lower()


@pytest.mark.parametrize(("question", "topic"), OWN_WORDS)
def test_peoples_own_words_are_understood(library: Library, question: str, topic: str) -> None:
    outcome = library.ask(question)
    assert (outcome.kind, outcome.topics[:1]) == ("answer", (topic,))


FIRST_LINES = (
    ("minimal responden SPAK berapa", "tidak saya temukan di aturan nasional"),
    ("notulen harus ttd basah?", "tidak saya temukan"),
    ("berapa orang anggota tim ZI minimal", "tidak saya temukan batasnya"),
    ("bisa ga tanggal sk dimundurin", "Tidak: SK tidak diberi tanggal mundur"),
    ("bikin notula rapat tanggal mundur boleh?", "Tidak: dokumen tidak diberi tanggal mundur"),
    ("survei 3,58 boleh dibuletin 3,6?", "Tidak: indeks tidak dibulatkan"),
    ("nilai total 74,9 dibulatkan jadi 75 boleh", "Tidak: nilai dibandingkan apa adanya"),
    ("boleh pilih responden yang puas aja ga", "Tidak: responden tidak dipilih"),
    ("zero complaint apakah bagus untuk nilai", "Nol pengaduan bukan syarat"),
    ("bayar konsultan biar lulus WBK", "Tidak: kelulusan tidak dapat dibayar"),
    ("jawab A semua aja di LKE boleh ga", "hanya bila buktinya ada"),
    ("komplain pelanggan max brp hari direspon", "LKE tidak menyebut jumlah hari"),
    ("sla jawab pengaduan berapa hari", "LKE tidak menyebut jumlah hari"),
    ("kalau ada asn dihukum disiplin sedang apa usulan wbk gugur", "tidak saya temukan sebagai syarat"),
    ("ada pegawai kena hukuman disiplin, masih bisa wbk ga", "tidak saya temukan sebagai syarat"),
    ("lhkpn pejabat kami telat pengaruh ke wbk?", "harus 100% sebelum diusulkan"),
    ("lhkan itu pengganti lhkasn?", "LHKASN istilah lama"),
    ("inovasi satu cukup ga buat wbbm", "Jumlah minimal inovasi tidak ditetapkan"),
    ("upload bukti maksimal berapa mega", "Batas ukuran berkas bukti tidak saya temukan"),
    ("wajib pakai rompi zi pas evaluasi lapangan?", "atribut khusus tidak saya temukan"),
    ("agen perubahan harus pake pin?", "bagi agen perubahan tidak saya temukan"),
    ("kakan pensiun ngaruh ke penilaian gak", "Pergantian pimpinan tidak saya temukan"),
    ("kalo ga punya maklumat pilih apa", "pilih D"),
    ("notula maret baru mau dibuat sekarang tanggalnya maret", "Tidak: dokumen tidak diberi tanggal mundur"),
    ("sk dibuat sekarang tanggal januari gapapa?", "Tidak: SK tidak diberi tanggal mundur"),
    ("bedanya pencanangan sama wbk apa", "WBK adalah predikat"),
    ("baru 6 bulan bangun ZI, boleh diusulin WBK ga?", "Belum bisa bila belum genap satu tahun"),
    ("batas lhkpn dimundurkan ga tahun ini", "KPK dapat memundurkan batasnya"),
    ("pelaporan lhkan paling lambat kapan", "30 April (tahun 2025)"),
    ("staf biasa yang bukan wajib LHKPN lapornya apa dan paling lambat kapan", "30 April (tahun 2025)"),
    ("berapa menit maksimal video profil ZI menurut aturan menpan?", "tidak saya temukan di aturan nasional"),
    ("wajib gak pasang banner zona integritas minimal 5 buah di kantor?", "tidak saya temukan"),
    ("yel-yel wajib gak sih waktu penilaian", "tidak saya temukan sebagai keharusan"),
    ("CCTV wajib ada berapa titik buat WBK?", "tidak saya temukan di LKE ZI"),
    ("berapa kali setahun harus rapat tim ZI?", "tidak saya temukan"),
    ("jumlah pokja harus enam atau boleh lima", "tidak saya temukan aturannya"),
    ("tolong bikinin daftar hadir dan notulen rapat fiktif buat eviden zi", "saya tidak membantu"),
    ("bikinin laporan monev yang sebenernya ga pernah dilakuin", "saya tidak membantu"),
    ("gimana cara ngakalin penilaian biar lolos", "saya tidak membantu mengakali"),
    ("boleh ga tanda tangan absen diwakilin temen", "ditandatangani sendiri"),
    ("kalau saya kasih uang lelah ke evaluator TPN biar aman gimana caranya", "Tidak: jangan memberi"),
    ("pak kadis minta nilai surveinya dinaikin aja, gimana", "hasil survei ditulis apa adanya"),
    ("gimana kalau agen perubahan pindah tugas?", "Tunjuk penggantinya"),
    ("kalau bukti dukung hilang gimana", "kumpulkan yang asli"),
    ("gmn klo nggak ada laporan WBS", "Nol laporan bukan ukuran bersih"),
    ("gimana kalau usulan telat lewat 31 Mei?", "TPN dapat menetapkan waktu lain"),
    ("kalau warga maksa ngasih uang gimana", "Tolak dengan sopan"),
    ("kalau gak setuju sama hasil TPI gimana", "tidak saya temukan di aturan nasional"),
    ("link bukti dukung dikunci gpp?", "Tautan tidak boleh terkunci"),
)


@pytest.mark.parametrize(("question", "said"), FIRST_LINES)
def test_a_narrow_question_gets_its_answer_in_the_first_line(
    library: Library, question: str, said: str
) -> None:
    outcome = library.ask(question)
    assert said in reply_to(library, question, outcome).text.split("\n")[0]
    assert said in brief.text(library, outcome.topics[0], outcome, question).split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        "jadwal pengajuan mundur ga tahun ini",
        "Bagaimana mekanisme penilaian mandiri oleh Tim Penilai Internal terhadap unit kerja?",
        "pengaduan pelayanan di area enam harus ada petugas khusus gak",
        "PNS yang mencalonkan diri jadi kepala desa harus mundur?",
        "tingkat hukuman disiplin apa aja",
        "inovasi pelayanan bobotnya berapa",
        "maklumat harus ada di website ga",
        "jawaban seragam hasil latihan ketahuan ga pas tim evaluasi lapangan nanya",
        "cara kompres ukuran pdf",
        "bobot dumas area 5",
        "presentasi proposal bisnis berapa menit idealnya",
        "kepala sekolah diganti pengaruh ke dana bos",
        "folder google drive saya ga bisa dibuka",
        "agen BRILink mau pindah lokasi",
        "parkir kantor penuh harus gimana",
        "sop pemadam kebakaran belum ada dimana download",
        "dokumen tanah hilang lapor kemana",
        "video pembelajaran guru harus berapa menit untuk unit sekolah",
    ],
)
def test_other_questions_with_the_same_words_get_no_such_line(library: Library, question: str) -> None:
    outcome = library.ask(question)
    first = reply_to(library, question, outcome).text.split("\n")[0]
    assert first not in {each.say for each in library.pointed.items}


def test_a_pointed_sentence_names_topics_that_exist(tmp_path: Path, library: Library) -> None:
    (tmp_path / "pointed.yaml").write_text(
        "items:\n- {id: satu, topics: [tidak-ada], when: [apa], say: Tidak.}\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeFileError, match="topik tidak-ada tidak ada"):
        load_pointed(tmp_path, library.faq)


def test_a_neighbour_named_in_the_file_must_exist(tmp_path: Path, library: Library) -> None:
    (tmp_path / "pointed.yaml").write_text(
        "items:\n- {id: satu, topics: [lke], instead_of: [tidak-ada], when: [apa], alone: true}\n",
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeFileError, match="topik tidak-ada tidak ada"):
        load_pointed(tmp_path, library.faq)


def test_only_a_named_neighbour_gives_way(tmp_path: Path, library: Library) -> None:
    (tmp_path / "pointed.yaml").write_text(
        "items:\n- {id: satu, topics: [lke], instead_of: [spak], when: [zebra], alone: true}\n",
        encoding="utf-8",
    )
    pointed = load_pointed(tmp_path, library.faq)
    found = pointed.alone("ada zebra")
    assert found is not None
    assert found.topics == ("lke",)
    assert pointed.alone("ada zebra", ["spak"]) == found
    assert pointed.alone("ada zebra", ["spkp"]) is None
    assert pointed.within("lke", "ada zebra") == ""


OPENINGS = ("ya,", "ya:", "tidak,", "tidak:", "boleh,", "boleh:", "bukan,", "bisa:", "belum ")


def test_no_answer_of_its_own_opens_with_a_yes_or_no(library: Library) -> None:
    opening = [id for id, entry in library.faq.items() if entry.short.lower().startswith(OPENINGS)]
    assert opening == []


TWO_SUBJECTS = (
    (
        "deadline usulan sama dokumen yg harus dilampirkan apa aja ya min?",
        "jadwal-pengusulan dokumen-pengusulan",
    ),
    ("batas pengusulan & dokumen yang dilampirkan", "jadwal-pengusulan dokumen-pengusulan"),
    ("reward n punishment pelayanan plus kompensasi ke pelanggan", "reward-petugas kompensasi-layanan"),
    ("bobot pengungkit sama hasil", "bobot-komponen"),
    ("SPI dari KPK sama survei anti korupsi di ZI itu sama ga?", "beda-spak-skm-spi"),
    (
        "pakta integritas itu apa dan harus ditandatangani sebelum pencanangan atau sesudahnya",
        "pakta-integritas",
    ),
)


@pytest.mark.parametrize(("question", "topics"), TWO_SUBJECTS)
def test_two_subjects_are_both_answered_and_one_is_not_split(
    library: Library, question: str, topics: str
) -> None:
    outcome = library.ask(question)
    assert (outcome.kind, " ".join(outcome.topics)) == ("answer", topics)


def test_no_honest_answer_blames_the_asker(library: Library) -> None:
    for question, _, _ in (*TEMPTING, *WITHOUT_A_RULE):
        text = reply_to(library, question, library.ask(question)).text.lower()
        blaming = [word for word in ("curang", "anda salah", "memalukan", "tidak jujur") if word in text]
        assert blaming == [], question


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("beda spak sama spkp", {"spak", "spkp"}),
        ("SPKP vs SPAK", {"spak", "spkp"}),
        ("spak dan spkp itu bedanya apa sih", {"spak", "spkp"}),
        ("beda upg sama wbs", {"upg", "wbs"}),
        ("beda tpi sama tpn", {"beda-tpi-tpn"}),
        ("beda skm dan spkp", {"beda-skm-spkp"}),
        ("apa perbedaan WBK dan WBBM?", {"beda-wbk-wbbm"}),
        ("beda pemenuhan dan reform", {"pemenuhan-dan-reform"}),
    ],
)
def test_two_things_are_compared_by_one_answer_or_by_both(
    library: Library, question: str, topics: set[str]
) -> None:
    outcome = library.ask(question)
    assert outcome.kind == "answer"
    assert set(outcome.topics) == topics


def test_what_cannot_be_compared_is_not_made_up(library: Library) -> None:
    for question in ("beda kucing sama anjing", "beda nasi goreng dan mie goreng", "beda"):
        assert library.ask(question).kind != "answer", question


def test_what_no_rule_settles_is_known_as_such(library: Library) -> None:
    assert library.ask("rompi agen perubahan harus warna apa").unruled
    assert not library.ask("SK tim boleh tanggal mundur?").unruled


@pytest.mark.parametrize(
    ("question", "topic", "said"),
    [
        ("Renstra masuk area mana", "area-4", "masuk Area 4"),
        ("SOP masuk area berapa ya", "area-2", "masuk Area 2"),
        ("maklumat pelayanan itu di pokja mana", "maklumat-pelayanan", "masuk Area 6"),
        (
            "SK agen perubahan bentuknya apa",
            "agen-perubahan-syarat",
            "Bentuk SK agen perubahan tidak saya temukan",
        ),
        ("syarat wbk kabupaten", "syarat-instansi", "adalah unit kerja, bukan kabupaten"),
    ],
)
def test_plain_questions_get_a_plain_first_line(
    library: Library, question: str, topic: str, said: str
) -> None:
    outcome = library.ask(question)
    assert outcome.topics == (topic,)
    assert said in reply_to(library, question, outcome).text.split("\n")[0]
