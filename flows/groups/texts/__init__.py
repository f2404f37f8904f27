"""Wording of the unit's group: `private` in the private chat and for linking, `said` in the group itself."""
