"""The board over an agency's units: who stands where, who needs help, what stalls everywhere."""
