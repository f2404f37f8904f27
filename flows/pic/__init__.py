"""Persons in charge (PIC): who answers for an area, a sub-component, an item."""
