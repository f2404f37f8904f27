"""How the program is doing: /status for admins, and the alarm when something needs a hand."""
