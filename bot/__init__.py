"""The edge: Telegram, terminal, disk, clock and environment."""
