"""Menu, help, the choice of unit, and everything that belongs to no feature."""
