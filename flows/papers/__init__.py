"""Papers for those outside the chat: the leader's brief, the assessor's package, letters."""
