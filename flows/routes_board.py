"""Routes of the board over an agency's units. See `flows.routes`."""

from flows.action import Route

# board (papan unit) --------------------------------------------------------------------------------
BOARD = Route("papan", int, str, str, int)  # branch (0 = all one may see), filter, order, page
BOARD_UNIT = Route("papan.unit", int)  # unit: where it stands, and the way in
BOARD_BRANCHES = Route("papan.cabang", int, int)  # branch, page: the units right below it
BOARD_FILTERS = Route("papan.saring", int, str, str)  # branch, filter, order: choose among them
BOARD_ASK = Route("papan.cari", int)  # branch: prompt for a unit's name
BOARD_TYPED = Route("papan.ck", int)  # branch: the typed text is a unit's name
BOARD_STALLS = Route("papan.macet", int, int)  # branch, page: indicators that are open in most units
BOARD_PICTURE = Route("papan.gambar", int, str, str, int)  # as BOARD: units × areas
