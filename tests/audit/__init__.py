"""What a reader is promised, measured on the built sites: `make audit`."""
