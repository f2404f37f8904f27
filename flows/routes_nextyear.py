"""Routes of closing a unit's year, opening the next, and what is confirmed after that. See `flows.routes`."""

from flows.action import Route

YEARS = Route("tahun", int)  # unit (0 = the open one): its years
YEAR_CLOSE_ASK = Route("tahun.tanya", int)  # assessment: what closing means
YEAR_CLOSE = Route("tahun.tutup", int)  # assessment
YEAR_REOPEN_ASK = Route("tahun.ulang", int)  # assessment: what opening it again means
YEAR_REOPEN = Route("tahun.lagi", int)  # assessment
YEAR_NEXT = Route("tahun.baru", int)  # assessment that is over: what the next year would begin with
YEAR_NEXT_PART = Route("tahun.rinci", int, str, int)  # assessment, part of the preview, page
YEAR_OPEN = Route("tahun.buka", int)  # assessment that is over
YEAR_OPENED = Route("tahun.jadi", int)  # unit: the year that was opened, and what comes now

# an older year, to be read ---------------------------------------------------------------------------
YEAR_READ = Route("arsip", int)  # assessment
YEAR_AREA = Route("arsip.area", int, str, int)  # assessment, area, page
YEAR_ITEM = Route("arsip.isi", int, str)  # assessment, item
YEAR_FILE = Route("arsip.berkas", int)  # assessment: its worksheet as a file

# answers of the year before -----------------------------------------------------------------------------
CARRIED = Route("konfirmasi", str, int)  # area ("" = counts by area), page
CARRIED_OK = Route("konfirmasi.ya", int, str, int, str)  # assessment, item, revision, area of the list
CARRIED_OFF = Route(
    "konfirmasi.na", int, str, int, str
)  # assessment, item, revision of its work, area ("" = item)
CARRIED_TYPED = Route(
    "konfirmasi.ketik", str, int, int
)  # area, page, stamp: numbers of the list, or "benar 1"
