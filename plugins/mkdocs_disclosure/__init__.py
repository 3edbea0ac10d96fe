"""The MkDocs adapter: hands the pages of ``disclosure`` to MkDocs and the Material theme.

All meaning lives in the core; when the site generator must change, only this package is
rewritten.
"""
