"""Bilingual budget disclosure of a public body: YAML in, a book in the middle, pages and files out.

The core. It never imports MkDocs; the package ``mkdocs_disclosure`` is the adapter.
"""

__version__ = "0.1.0"
