"""What a disclosure is made of: immutable models, decoded from plain YAML values."""
