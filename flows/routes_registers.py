"""Routes of the registers from the field. See `flows.routes`."""

from flows.action import Route

REGISTERS = Route("reg")  # the registers of the open unit
REGISTER_LIST = Route("reg.daftar", str, int)  # kind, page
REGISTER_SAID = Route("reg.kata")  # the typed text is a recap of complaints that nothing asked for
REGISTER_NEW = Route("reg.baru", int, str)  # unit, kind: prompt for a new line
REGISTER_FIRST = Route("reg.awal", int, str)  # unit, kind: the typed text is the first field of a new line
REGISTER_SLOT = Route("reg.slot", int, str, str)  # unit, kind, slot: prompt for the counts of that period
REGISTER_TYPED = Route("reg.ketik", int, str, str)  # unit, kind, slot ("" = in the text): typed counts
REGISTER_CHECK = Route("reg.cek", int, str, str, str)  # unit, kind, slot, counts: before they are saved
REGISTER_PUT = Route("reg.s", int, str, str, str, int)  # as above, and the revision seen (0 = none yet)
REGISTER = Route("reg.lihat", int)
REGISTER_FIELD = Route("reg.isi", int, str, int)  # line, field, 1 step by step / 0 this field alone
REGISTER_FIELD_SAVE = Route("reg.is", int, str, int, int)  # as above, revision: the typed text is the value
REGISTER_FIELD_SET = Route("reg.it", int, str, int, int, str)  # as above, and the value ("" empties it)
REGISTER_DELETE_ASK = Route("reg.ha", int)
REGISTER_DELETE = Route("reg.hapus", int, int)  # line, revision
REGISTER_COPY = Route("reg.salin", str)  # kind: the register as text to copy
REGISTER_TAKE = Route("reg.ambil", str, int)  # item, year (0 = the newest): what the register says for it
REGISTER_NOTE = Route("reg.an", int, str, int, int)  # assessment, item, revision, 0 instead / 1 below
REGISTER_FILE_ASK = Route("reg.berkas", int, str)  # unit, kind: prompt for a table
REGISTER_FILE = Route("reg.bf", int, str)  # as above: the sent file is the table
REGISTER_IMPORT = Route("reg.impor", int)  # import: what was read
REGISTER_IMPORT_TOLD = Route("reg.ik", int)  # import: rendered at who sent it
REGISTER_IMPORT_APPLY = Route("reg.ip", int, int)  # import, stamp
REGISTER_IMPORT_CANCEL = Route("reg.ib", int)
