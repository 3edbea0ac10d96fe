"""The data as files for other programs."""
