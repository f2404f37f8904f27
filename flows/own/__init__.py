"""Questions about one's own unit, answered from its data, for its people and in the private chat only."""
