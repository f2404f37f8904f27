"""Routes of roles, delegation, persons without an account, handover, privacy. See `flows.routes`."""

from flows.action import Route

# roles and delegation (Plt/Plh) ----------------------------------------------------------------------
INVITE_AGENCY = Route("undang.inst", int, str)  # admin: unit, role that only admins give
UNIT_PEOPLE = Route("unit.peran", int)  # admin: unit: whom the agency itself sends
STAND_IN = Route("plt")  # which role of the open unit needs a stand-in
STAND_IN_AREA = Route("plt.area", str)  # role: of which area
STAND_IN_WHO = Route("plt.siapa", str, str, int)  # role, area, page: choose the person
STAND_IN_KIND = Route("plt.j", str, str, int)  # role, area, person (0 = by a link): Plt or Plh
STAND_IN_DAYS = Route("plt.tgl", str, str, int, str)  # as above, kind: prompt for the days
STAND_IN_TYPED = Route("plt.k", str, str, int, str)  # as above: the typed text is the days
STAND_IN_CHECK = Route("plt.cek", int, str, str, int, str, int, int)  # unit, as above, yymmdd, yymmdd
STAND_IN_MAKE = Route("plt.ok", int, str, str, int, str, int, int)  # as above
STAND_IN_TOLD = Route("plt.kabar", int)  # membership: rendered at the stand-in

# persons known by name, lost accounts ----------------------------------------------------------------
NAMES_AREA = Route("nama")  # people without Telegram: of which area
NAMES = Route("nama.tulis", str)  # area ("" = all): prompt for names, one a line
NAMES_SAVE = Route("nama.simpan", str)  # area: the typed text holds the names
ACCOUNT = Route("akun", int)  # member: before a personal link is made
ACCOUNT_LINK = Route("akun.tautan", int)  # member: makes the link
ACCOUNT_TOLD = Route("akun.kabar", int)  # invite: rendered at who made the link
ACCOUNT_LEFT = Route("akun.lepas")  # rendered at an account that was replaced

# handover (mutasi) -----------------------------------------------------------------------------------
HANDOVER_WHO = Route("serah", int)  # page: whose work is handed over
HANDOVER = Route("serah.ke", int, int, int)  # unit, person, page: choose the successor
HANDOVER_TYPED = Route("serah.k", int, int)  # unit, person: the typed text is the successor's name
HANDOVER_NOBODY = Route("serah.belum", int, int)  # unit, person: there is no successor yet
HANDOVER_PREVIEW = Route("serah.lihat", int, int, int)  # unit, person, successor: what moves
HANDOVER_SEND = Route("serah.kirim", int, int, int)  # unit, person, successor
HANDOVER_SHOW = Route("serah.isi", int)  # handover as those concerned see it
HANDOVER_ASKED = Route("serah.minta", int)  # rendered at the successor
HANDOVER_ACCEPT = Route("serah.ya", int, int)  # handover, revision
HANDOVER_DECLINE = Route("serah.tidak", int, int)  # handover, revision
HANDOVER_CANCEL = Route("serah.batal", int, int)  # handover, revision
HANDOVER_TOLD = Route("serah.kabar", int)  # how it ended, rendered at the others
HANDOVER_DECREE = Route("serah.sk", int, str)  # handover, "tim" / "ap": the decree must be renewed


# endorsement (pengesahan) by the head of the unit ----------------------------------------------------
ENDORSE = Route("sah")  # how the endorsement of the open unit's LKE stands
ENDORSE_ASK = Route("sah.tanya", int)  # assessment: before it is endorsed
ENDORSE_DO = Route("sah.ya", int, int)  # assessment, the last change that the pimpinan saw
ENDORSE_WITHDRAW_ASK = Route("sah.ta", int)  # endorsement
ENDORSE_WITHDRAW = Route("sah.tarik", int)  # endorsement
ENDORSE_TOLD = Route("sah.kabar", int)  # endorsement: rendered at the coordinators


# advice (saran) by a pendamping ----------------------------------------------------------------------
ADVICE = Route("saran", int, str)  # assessment, item: prompt
ADVICE_SAVE = Route("saran.s", int, str)  # as above: the typed text is the advice
ADVICE_TOLD = Route("saran.kabar", int)  # change: rendered at those who work on the item


# privacy ---------------------------------------------------------------------------------------------
PRIVACY_KINDS = Route("privasi.rinci")  # what is stored by kind, why, and how long
