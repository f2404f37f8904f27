"""Evidence that an agency shares with its units (bukti bersama): sent once, attached in one tap."""
