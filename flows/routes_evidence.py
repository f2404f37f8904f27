"""Routes of evidence (bukti dukung). See `flows.routes`."""

from flows.action import Route

# what was sent and is being taken in ---------------------------------------------------------------


# evidence of an item, of a unit --------------------------------------------------------------------


# links, period and window --------------------------------------------------------------------------

