"""Conversations, rules and persisted state; synchronous, knows nothing of Telegram."""
