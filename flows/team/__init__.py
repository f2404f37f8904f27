"""The people of a unit: who they are, how they are invited, how they leave."""
