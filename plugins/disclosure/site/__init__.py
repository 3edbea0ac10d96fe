"""The website: routes, views (one page in one language, without markup) and their rendering."""
