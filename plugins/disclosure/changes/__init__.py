"""What changed in meaning between two states of the data. Pure: nothing here reads a file."""
