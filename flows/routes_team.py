"""Routes of roles, delegation, persons without an account, handover, privacy. See `flows.routes`."""

from flows.action import Route

# roles and delegation (Plt/Plh) ----------------------------------------------------------------------


# persons known by name, lost accounts ----------------------------------------------------------------


# handover (mutasi) -----------------------------------------------------------------------------------


# endorsement (pengesahan) by the head of the unit ----------------------------------------------------

