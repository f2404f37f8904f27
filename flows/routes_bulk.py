"""Routes of tables brought in, invitation sheets and shared evidence. See `flows.routes`."""

from flows.action import Route

# units and people from a table ---------------------------------------------------------------------
BULK = Route("massal")  # templates, and the prompt for the filled file
BULK_TEMPLATE = Route("massal.contoh", str)  # "xlsx", or "unit" / "orang" as CSV
BULK_FILE = Route("massal.berkas")  # the sent file is a table
BULK_SHOW = Route("massal.lihat", int)  # import: the trial's result, how far it is, or how it ended
BULK_TOLD = Route("massal.kabar", int)  # the same, told to who sent it
BULK_PROGRESS = Route("massal.maju", int)  # how far it is: one message that is edited
BULK_REPORT = Route("massal.laporan", int)  # import: the report by line as a file
BULK_APPLY = Route("massal.terapkan", int)
BULK_CANCEL = Route("massal.batal", int)

# personal invitations on paper and as text ---------------------------------------------------------
SLIPS = Route("lembar", int, int)  # unit (0 = the agency), page: who has not joined, by unit
SLIPS_UNIT = Route("lembar.unit", int)  # unit: ways to hand out its invitations
SLIPS_SHEET = Route("lembar.cetak", int, int)  # unit, 1 with the units below it: asks for the PDF
SLIPS_COPY = Route("lembar.salin", int)  # unit: renews the links, then the text to paste
SLIPS_TEXT = Route("lembar.teks", int, int)  # unit, page: text to paste

# evidence that the agency shares -------------------------------------------------------------------
SHARED_LIST = Route("bb.daftar", int)  # page: what the agency shares, as its admin sees it
SHARED_NEW = Route("bb.baru")  # prompt for a file or link
SHARED_FILE = Route("bb.berkas", int)  # shared evidence (0 = a new one): the sent file
SHARED_LINK = Route("bb.tautan", int)  # as above: the typed text is a link
SHARED_SHOW = Route("bb.lihat", int)  # as its admin sees it
SHARED_TOLD = Route("bb.kabar", int)  # the file was looked at; rendered at its sender
SHARED_TITLE = Route("bb.judul", int)  # prompt
SHARED_TITLE_SAVE = Route("bb.js", int, int)  # shared, revision
SHARED_WHEN = Route("bb.waktu", int)  # prompt for date or period
SHARED_WHEN_SAVE = Route("bb.ws", int, int)  # shared, revision: the typed text is a date or period
SHARED_ITEMS = Route("bb.untuk", int, str)  # shared, area or component ("" = areas): choose items
SHARED_ITEM_SET = Route("bb.us", int, str, int)  # shared, item, revision: on or off
SHARED_ITEM_TYPED = Route("bb.uk", int, int)  # shared, revision: the typed text names items
SHARED_BRANCH = Route("bb.cabang", int, int)  # shared, page: for which branch
SHARED_BRANCH_SET = Route("bb.cs", int, int, int)  # shared, unit (0 = all), revision
SHARED_PUBLISH = Route("bb.bagikan", int, int)  # shared, revision
SHARED_REPLACE = Route("bb.ganti", int)  # prompt for the new version
SHARED_WITHDRAW_ASK = Route("bb.ta", int)
SHARED_WITHDRAW = Route("bb.tarik", int, int)  # shared, revision
SHARED_OPEN = Route("bb.buka", int, int)  # shared, version (0 = newest): the file, for admins and units
SHARED_ITEM = Route("bb.i", str)  # item: what the agency shares for it, in the open unit
SHARED_ATTACH = Route("bb.pasang", int, str)  # shared, item
SHARED_RENEW = Route("bb.perbarui", int)  # evidence of the open unit: takes the agency's newer version
SHARED_NEWS = Route(
    "bb.berita", int, int
)  # shared, unit: replaced or withdrawn; rendered at its coordinators
