"""What an agency admin and a unit's coordinator set: the tree of units, their data, requests for units."""
