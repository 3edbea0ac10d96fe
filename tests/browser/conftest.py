"""The pages of the built site, as the suite for the site reads them."""

from __future__ import annotations

from tests.site.conftest import book, everything, pages

__all__ = ["book", "everything", "pages"]
