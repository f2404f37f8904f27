"""Wording of Isi LKE: `labels` (also answers in words), `lists`, `item_text`, `changing`."""
