"""Documents of a unit: what can be made, asking for it, how far it is, and the file itself."""
