"""Review: an item is sent, looked at by a second pair of eyes, approved or returned; "tidak berlaku"."""
