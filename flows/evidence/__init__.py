"""Evidence (bukti dukung): taking it in, keeping it, showing it."""
