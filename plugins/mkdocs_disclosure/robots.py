"""robots.txt: all may be read, and here is the list of what there is."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

NAME = "robots.txt"


def robots(site_url: str | None) -> str | None:
    """What crawlers are told (RFC 9309), with the address of the sitemap.

    None where nobody would read it: for a site without an address, or below the root of its host,
    which is the only place that crawlers ask.
    """
    if not site_url or urlsplit(site_url).path.strip("/"):
        return None
    sitemap = urljoin(site_url, "/sitemap.xml")
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
