"""Routes of how the program is doing. See `flows.routes`."""

from flows.action import Route

STATUS = Route("keadaan")  # for admins: queues, failures, what is late
ALARM = Route("keadaan.alarm", str, int)  # kind, measure: rendered at an admin
