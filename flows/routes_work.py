"""Routes of PIC, own tasks, action items, review, meetings. See `flows.routes`."""

from flows.action import Route

# PIC (person in charge) ----------------------------------------------------------------------------


# own work (Tugas saya) and action items (tugas) ----------------------------------------------------


# review (reviu) ------------------------------------------------------------------------------------


# meetings (paket rapat) ----------------------------------------------------------------------------

