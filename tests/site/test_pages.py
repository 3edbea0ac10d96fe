"""Every page of the built site: its twin, its frame, its links, its language."""

from __future__ import annotations

import itertools
import json
import posixpath
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.site.conftest import ADDRESS
from tests.site.projects import ROOT, copy_project, fingerprint
from tests.site.reading import HAN, Document, Element, han_share

from disclosure.book import Book
from disclosure.site.routes import Kind, PageId, Part

Pages = dict[str, Document]

ACTIVE_LINKS = ("javascript:", "data:", "vbscript:", "file:")
HTML_LANG = {"zh": "zh-CN", "en": "en"}


def expected_addresses(book: Book) -> set[str]:
    """The page map of the architecture in both languages, written out once more."""
    paths = {f"{name}.html" for name in "index glossary policies guide accessibility".split()}
    for department in book.departments:
        paths.add(f"departments/{department.slug}/index.html")
        for disclosure in department.disclosures:
            folder = f"departments/{department.slug}/{disclosure.slug}"
            names = "index duties summary operating three-public performance special-funds"
            names += " procurement assets other checks completeness downloads print projects/index"
            names += " tables/index"
            tables = "revenue-expenditure revenue expenditure fiscal-appropriation"
            tables += " general-public-budget basic-expenditure three-public government-funds"
            tables += " state-capital"
            tables += " projects project-performance" if disclosure.kind == "budget" else ""
            paths |= {f"{folder}/{name}.html" for name in names.split()}
            paths |= {f"{folder}/tables/{table}.html" for table in tables.split()}
            paths |= {f"{folder}/units/{each.slug}.html" for each in disclosure.units}
            paths |= {f"{folder}/projects/{each.code}.html" for each in disclosure.projects}
            paths |= {f"{folder}/editions.html"} if disclosure.editions else set()
    paths |= {f"glossary/{term.id}.html" for term in book.glossary}
    paths |= {f"policies/{policy.id}.html" for policy in book.policies}
    content = ROOT / "content"
    paths |= {
        path.relative_to(content).with_suffix(".html").as_posix()
        for path in content.rglob("*.md")
        if "en" not in path.relative_to(content).parts[:1]
    }
    return paths | {f"en/{path}" for path in paths}


def test_the_site_has_every_page_of_the_map_and_no_other(built_site: Path, book: Book) -> None:
    pages = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")}
    assert pages - {"404.html"} == expected_addresses(book)


def test_addresses_are_those_promised() -> None:
    disclosure = ("economy-technology", "2024-budget")
    project = PageId(Kind.PROJECT, *disclosure, "13081124P00000310002E")
    folder = "departments/economy-technology/2024-budget"
    assert project.url("zh") == f"{folder}/projects/13081124P00000310002E.html"
    assert project.url("en") == f"en/{folder}/projects/13081124P00000310002E.html"
    assert PageId(Kind.PART, *disclosure, Part.PROJECTS).path == f"{folder}/projects/index.html"
    assert PageId(Kind.PART, *disclosure, Part.DUTIES).path == f"{folder}/duties.html"
    assert PageId(Kind.PRINT, *disclosure).path == f"{folder}/print.html"
    assert PageId(Kind.GLOSSARY).url("en") == "en/glossary.html"


def test_every_page_has_its_twin_with_the_same_anchors(pages: Pages) -> None:
    for page in pages.values():
        assert page.twin in pages, f"{page.url} has no twin"
        assert page.ids == pages[page.twin].ids, page.url
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", anchor) for anchor in page.ids), page.url


def test_no_id_stands_twice(everything: Pages) -> None:
    twice = {
        page.url: [anchor for anchor, count in Counter(found).items() if count > 1]
        for page in everything.values()
        if len(found := [e["id"] for e in page.root.walk() if e["id"]]) != len(set(found))
    }
    assert not twice


# ---- links -----------------------------------------------------------------------------------


def broken_links(page: Document, site: Path, pages: Pages) -> list[str]:
    broken = []
    for element, link in page.links():
        if not link:
            broken.append(f"<{element.tag}> with an empty link")
            continue
        address, anchor = page.resolve(link)
        if not (site / address).is_file():
            broken.append(f"{link}: no such file")
        elif anchor and address in pages and anchor not in pages[address].by_id:
            broken.append(f"{link}: no such anchor")
        elif anchor and address not in pages:
            broken.append(f"{link}: an anchor in something that is no page")
    return broken


def test_every_link_and_anchor_leads_somewhere(pages: Pages, built_site: Path) -> None:
    broken = {page.url: found for page in pages.values()
              if (found := broken_links(page, built_site, pages))}  # fmt: skip
    assert not broken


def test_links_are_relative_and_ask_no_other_host(pages: Pages) -> None:
    for page in pages.values():
        for element, link in page.links():
            parts = urlsplit(link)
            assert not parts.scheme and not parts.netloc, f"{page.url}: {link}"
            assert not link.startswith("/"), f"{page.url}: {link}"
            assert not link.lower().strip().startswith(ACTIVE_LINKS), f"{page.url}: {link}"
            assert not link.endswith("/") or element["rel"] == "canonical", f"{page.url}: {link}"


def test_styles_and_scripts_name_no_other_host(built_site: Path) -> None:
    for path in [*built_site.rglob("*.css"), *built_site.rglob("assets/disclosure/*")]:
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)", text):
            link = "".join(address)
            assert link.startswith(("data:", "#")) or (path.parent / link).is_file(), path.name
        if path.parent.name == "disclosure":
            hosts = set(re.findall(r"https?://[^\s\"')]+", text)) - {"http://www.w3.org/2000/svg"}
            assert not hosts, path.name


def test_what_the_search_button_names_is_there(pages: Pages, built_site: Path) -> None:
    for page in pages.values():
        (button,) = [e for e in page.root.all("button") if "data-search" in e.attributes]
        config = json.loads(button["data-search"])
        for name, kind in (("script", "file"), ("style", "file"), ("index", "folder")):
            path = built_site / page.resolve(config[name])[0]
            assert path.is_file() if kind == "file" else (path / "meta.js").is_file(), page.url
        assert page.resolve(config["index"])[0] == f"search/{page.lang}"
        assert page.resolve(config["base"])[0] == "."
        assert config["lang"] == HTML_LANG[page.lang]


def test_every_download_is_linked_in_its_language(
    pages: Pages, book: Book, built_site: Path
) -> None:
    for disclosure in book.disclosures:
        folder = f"departments/{disclosure.department}/{disclosure.slug}"
        common = {
            built_site / folder / "data" / "disclosure.json",
            built_site / "schemas" / "disclosure-1.json",
        }
        assert all(path.is_file() for path in common)
        if disclosure.editions:
            newest = disclosure.editions.entries[-1].number
            common.add(built_site / folder / "editions" / f"{newest}.json")
        for prefix in ("", "en/"):
            page = pages[f"{prefix}{folder}/downloads.html"]
            offered = {
                built_site / page.resolve(link["href"])[0]
                for table in page.article.all("table")
                for link in table.all("a")
                if not link["href"].endswith(".html") and "d-term" not in link.classes
            }
            made = (built_site / f"{prefix}{folder}/data").rglob("*")
            own = {path for path in made if path.is_file() and path.suffix != ".md"}
            assert offered == own | common
            assert len([path for path in own if path.suffix == ".csv"]) >= 5


# ---- markup ----------------------------------------------------------------------------------


def test_no_inline_style_and_no_event_handler(everything: Pages) -> None:
    for page in everything.values():
        for element in page.root.walk():
            wrong = [name for name in element.attributes if name.startswith("on")]
            wrong += [name for name in ("style", "align", "bgcolor") if name in element.attributes]
            assert not wrong and element.tag != "style", f"{page.url}: <{element.tag} {wrong}>"


def test_the_page_fits_the_screen_it_is_read_on(everything: Pages) -> None:
    for page in everything.values():
        (viewport,) = [m["content"] for m in page.head.all("meta") if m["name"] == "viewport"]
        assert "width=device-width" in viewport, page.url
        assert "user-scalable" not in viewport and "maximum-scale" not in viewport, page.url


def test_headings(everything: Pages) -> None:
    for page in everything.values():
        assert len(page.root.all("h1")) == 1, page.url
        levels = [int(e.tag[1]) for e in page.article.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, page.url
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), (page.url, levels)
        assert all(e.text() for e in page.article.all("h1", "h2", "h3", "h4")), page.url


def test_tables_say_what_they_hold(pages: Pages) -> None:
    tables = [(page, table) for page in pages.values() for table in page.root.all("table")]
    assert len(tables) > 60
    for page, table in tables:
        where = f"{page.url}#{table['id']}"
        first = next(child for child in table.children if isinstance(child, Element))
        assert first.tag == "caption" and first.text(), where
        assert all(cell["scope"] for cell in table.all("th")), where
        form = table.parent is not None and "d-table--form" in table.parent.classes
        if form:  # a printed form has no head; each value stands beside its label
            assert not table.all("thead"), where
            first = table.all("tr")[0]
        else:
            first = table.one("thead").all("tr")[0]
            assert first.all("th"), where
        heads = sum(int(c["colspan"] or 1) for c in first.all("th", "td"))
        covered: Counter[int] = Counter()
        rows = [row for body in table.all("tbody") for row in body.all("tr")]
        for index, row in enumerate(rows):
            for cell in row.all("th", "td"):
                for step in range(int(cell["rowspan"] or 1)):
                    covered[index + step] += int(cell["colspan"] or 1)
        assert set(covered.values()) == {heads}, where
        assert set(covered) == set(range(len(rows))), where


def test_a_merged_cell_stays_in_its_row_group(pages: Pages) -> None:
    for page in pages.values():
        for body in page.root.all("tbody"):
            rows = body.all("tr")
            for index, row in enumerate(rows):
                for cell in row.all("th", "td"):
                    last = index + int(cell["rowspan"] or 1)
                    assert last <= len(rows), f"{page.url}: {cell.text()}"


def test_figures_are_set_to_the_right_and_name_their_unit(pages: Pages, book: Book) -> None:
    units = {"zh": ("万元",), "en": ("CNY 10,000", "CNY")}
    for page in pages.values():
        for table in page.root.all("table"):
            numbers = [c for c in table.all("td") if c.all(cls="d-number")]
            assert all("d-end" in cell.classes for cell in numbers), page.url
            if numbers:
                said = " ".join(e.text() for e in table.all("caption", "thead"))
                assert any(unit in said for unit in units[page.lang]), f"{page.url}: {said}"


def name_of(element: Element) -> str:
    """What a screen reader calls a link or a button."""
    images = " ".join(image["alt"] for image in element.all("img"))
    return (element["aria-label"] or element.text(()) or images or element["title"]).strip()


def test_no_link_and_no_button_without_a_name(everything: Pages) -> None:
    for page in everything.values():
        for element in page.root.all("a", "button"):
            if "d-terms" not in {c for above in element.above() for c in above.classes}:
                assert name_of(element), f"{page.url}: <{element.tag} {element.attributes}>"


def test_no_link_in_a_link_and_no_term_in_a_heading(pages: Pages) -> None:
    for page in pages.values():
        for link in page.root.all("a"):
            assert "a" not in {above.tag for above in link.above()}, page.url
        for term in page.root.all("a", cls="d-term"):
            around = {above.tag for above in term.above()}
            assert not around & {"h1", "h2", "h3", "h4", "caption", "thead"}, page.url


# ---- language --------------------------------------------------------------------------------


def disclosure_title(page: Document, book: Book) -> str:
    """``2024年部门预算``: which of a department's disclosures a page belongs to."""
    (disclosure,) = book.disclosures
    kind = {"zh": "年部门预算", "en": " departmental budget"}[page.lang]
    return f"{disclosure.header.year}{kind}"


def test_language_and_titles(pages: Pages, book: Book) -> None:
    titles: dict[str, list[str]] = {"zh": [], "en": []}
    assert book.site.name
    for page in pages.values():
        name = book.site.name["en" if page.lang == "en" else "zh"]
        assert page.root.one("html")["lang"] == HTML_LANG[page.lang], page.url
        title = page.head.one("title").raw_text()
        heading = page.article.one("h1").text()
        home = page.url in ("index.html", "en/index.html")
        of = f" - {disclosure_title(page, book)}" if "/2024-budget/" in page.url else ""
        of = "" if of == f" - {heading}" else of
        above = pages.get(f"{posixpath.dirname(page.url)}.html")  # of a term, a policy document
        of = f" - {above.article.one('h1').text()}" if above else of
        assert title == (name if home else f"{heading}{of} - {name}"), page.url
        assert bool(HAN.search(title)) is (page.lang == "zh"), page.url
        titles[page.lang].append(title)
    for lang, all_titles in titles.items():
        twice = [title for title, count in Counter(all_titles).items() if count > 1]
        assert not twice, f"{lang}: titles that two pages share"


def test_descriptions(pages: Pages) -> None:
    for page in pages.values():
        (description,) = [m["content"] for m in page.head.all("meta") if m["name"] == "description"]
        assert len(description) >= (10 if page.lang == "zh" else 30), f"{page.url}: {description}"
        assert (han_share(description) > 0.3) is (page.lang == "zh"), f"{page.url}: {description}"


def test_the_frame_speaks_the_language_of_the_page(pages: Pages) -> None:
    for page in pages.values():
        body = page.root.one("body")
        for nav in [*body.all("nav"), *body.all("footer")]:
            for link in [*nav.all("a"), *nav.all("span")]:
                if any(e["lang"] for e in (link, *link.above()) if e.tag != "html"):
                    continue
                share = han_share(link.text())
                wanted = share == 0 if page.lang == "en" else share > 0 or not link.text()
                assert wanted, f"{page.url}: {link.text()}"
        labels = [e["aria-label"] for e in body.walk() if e["aria-label"]]
        labels += [e["title"] for e in body.walk() if e["title"]]
        for label in labels:
            assert bool(HAN.search(label)) is (page.lang == "zh"), f"{page.url}: {label}"


def test_navigation_lists_the_parts_and_no_project(pages: Pages) -> None:
    for page in pages.values():
        (nav,) = page.root.all("nav", cls="md-nav--primary")
        targets = [page.resolve(link["href"])[0] for link in nav.all("a")]
        assert all((t.startswith("en/")) is (page.lang == "en") for t in targets), page.url
        assert not [t for t in targets if re.search(r"/projects/(?!index)", t)], page.url
        assert len(targets) == len(set(targets)), page.url
        wanted = {f"{name}.html" for name in "index glossary policies guide about".split()}
        assert {t.removeprefix("en/") for t in targets} >= wanted, page.url
        current = [link for link in nav.all("a") if link["aria-current"] == "page"]
        if page.url in targets:
            assert [page.resolve(link["href"])[0] for link in current] == [page.url]
        else:
            assert not current, page.url


def test_the_switch_leads_to_the_twin(pages: Pages) -> None:
    for page in pages.values():
        (switch,) = [a for a in page.root.all("a") if "data-language-switch" in a.attributes]
        assert page.resolve(switch["href"]) == (page.twin, "")
        other = pages[page.twin].root.one("html")["lang"]
        assert switch["hreflang"] == switch["lang"] == other, page.url
        assert switch.text() == {"zh": "English", "en": "中文"}[page.lang]


def neighbours(page: Document) -> dict[str, str]:
    footer = page.root.one("footer")
    found = {a["rel"]: page.resolve(a["href"])[0] for a in footer.all("a") if a["rel"]}
    in_head = {
        link["rel"]: page.resolve(link["href"])[0]
        for link in page.head.all("link")
        if link["rel"] in ("prev", "next")
    }
    assert found == in_head, page.url
    return found


def test_previous_and_next_make_one_chain_in_printed_order(pages: Pages, book: Book) -> None:
    (disclosure,) = book.disclosures
    folder = f"departments/{disclosure.department}/{disclosure.slug}"
    parts = "index duties summary operating three-public performance special-funds"
    parts += " projects/index procurement assets other"
    chains = [
        [f"{folder}/{name}.html" for name in parts.split()],
        [f"{folder}/projects/{project.code}.html" for project in disclosure.projects],
    ]
    for prefix in ("", "en/"):
        for chain in chains:
            way = [prefix + url for url in chain]
            for before, after in itertools.pairwise(way):
                assert neighbours(pages[before]).get("next") == after
                assert neighbours(pages[after]).get("prev") == before
                link = pages[before].root.one("footer").one("a", cls="d-neighbour--next")
                assert bool(HAN.search(link.text())) is (prefix == "")
            assert "prev" not in neighbours(pages[way[0]])
            assert "next" not in neighbours(pages[way[-1]])


def test_printed_order_of_projects(book: Book) -> None:
    (disclosure,) = book.disclosures
    assert [p.file.order for p in disclosure.projects] == list(range(1, 13))


def test_english_pages_are_english(pages: Pages) -> None:
    """Under 5% Chinese characters and punctuation among all visible characters."""
    shares = {
        page.url: round(han_share(page.root.one("body").text(())), 4)
        for page in pages.values()
        if page.lang == "en"
    }
    assert len(shares) > 30
    assert not {url: share for url, share in shares.items() if share >= 0.05}


def test_every_chinese_phrase_on_an_english_page_is_marked_as_chinese(
    pages: Pages, book: Book
) -> None:
    """A screen reader must know; what is not translated is marked, and nothing is untranslated."""
    quoting = [" ".join(term.basis.en.split()) for term in book.glossary if term.basis]
    for page in pages.values():
        if page.lang != "en":
            continue
        assert not page.root.all(cls="d-untranslated"), page.url
        if page.url == "en/about.html":  # hand-written Markdown quotes single words
            continue
        for element in page.root.one("body").walk():
            if element.tag in ("script", "template"):
                continue
            own = "".join(child for child in element.children if isinstance(child, str))
            if re.search(r"[\u4e00-\u9fff]{2}", own):
                langs = [e["lang"] for e in (element, *element.above()) if e["lang"]]
                quoted = " ".join(own.split()) in quoting
                assert langs[0].startswith("zh") or quoted, f"{page.url}: {own.strip()[:60]}"


def test_the_footer_says_what_the_site_is(everything: Pages, book: Book) -> None:
    site = book.site
    assert site.edition == "unofficial" and site.editor_note and site.source
    for page in everything.values():
        said = page.root.one("footer").text()
        assert site.editor_note["en" if page.lang == "en" else "zh"] in said, page.url
        title = site.source.title
        english = book.catalogue.find(title)
        assert (title if page.lang == "zh" else english) in said, page.url


# ---- addresses for search engines ------------------------------------------------------------


def relations(page: Document, rel: str) -> list[Element]:
    """Links of the head to pages; those for programs have a type."""
    found = page.head.all("link")
    return [link for link in found if link["rel"] == rel and not link["type"]]


def test_without_an_address_nothing_claims_one(pages: Pages, built_site: Path) -> None:
    for page in pages.values():
        assert not relations(page, "canonical") and not relations(page, "alternate"), page.url
    assert not list(built_site.glob("sitemap.xml*"))


def test_with_an_address_every_page_names_its_versions(pages: Pages, addressed: Pages) -> None:
    assert set(addressed) == {*pages, "404.html"}
    for url in pages:
        page = addressed[url]
        (canonical,) = relations(page, "canonical")
        assert canonical["href"] == ADDRESS + url
        zh, en = (url, page.twin) if page.lang == "zh" else (page.twin, url)
        found = {link["hreflang"]: link["href"] for link in relations(page, "alternate")}
        assert found == {"zh-CN": ADDRESS + zh, "en": ADDRESS + en, "x-default": ADDRESS + zh}


def test_the_sitemap_names_every_page_in_both_languages(pages: Pages, addressed_site: Path) -> None:
    tree = ElementTree.parse(addressed_site / "sitemap.xml")
    sitemap, xhtml = (
        "{http://www.sitemaps.org/schemas/sitemap/0.9}",
        "{http://www.w3.org/1999/xhtml}",
    )
    found = {}
    for entry in tree.getroot().findall(f"{sitemap}url"):
        location = entry.findtext(f"{sitemap}loc") or ""
        links = {a.get("hreflang"): a.get("href") for a in entry.findall(f"{xhtml}link")}
        found[location] = links
    listed = {url: page for url, page in pages.items() if not url.endswith("/print.html")}
    assert set(found) == {ADDRESS + url for url in listed}
    for url, page in listed.items():
        zh, en = (url, page.twin) if page.lang == "zh" else (page.twin, url)
        expected = {"zh-CN": ADDRESS + zh, "en": ADDRESS + en, "x-default": ADDRESS + zh}
        assert found[ADDRESS + url] == expected


def test_an_address_changes_nothing_but_the_head(pages: Pages, addressed: Pages) -> None:
    """Links stay relative: the site can move from host to host.

    What readers copy into their own text has to be a whole address, and the sizes of the files that
    hold it differ: both stand on two pages.
    """
    for url, page in pages.items():
        found, known = addressed[url].article.text(), page.article.text()
        if url.endswith(("/downloads.html", "/editions.html")):
            assert ADDRESS in found and ADDRESS not in known, url
        else:
            assert found == known, url
        with_address = [link for e, link in addressed[url].links() if e.tag != "link"]
        assert with_address == [link for e, link in page.links() if e.tag != "link"], url


# ---- the page for addresses that lead nowhere ------------------------------------------------


@pytest.mark.parametrize("root", ["/", "/sub/"])
def test_404_speaks_both_languages_from_any_depth(
    root: str, everything: Pages, addressed: Pages, built_site: Path
) -> None:
    page = (everything if root == "/" else addressed)["404.html"]
    article = page.article
    assert any(
        e["lang"] == "en" and han_share(e.text()) == 0 and e.text() for e in article.all("p")
    )
    assert any(not e["lang"] and HAN.search(e.text()) for e in article.all("p"))
    assert [a["href"] for a in article.all("a")] == [f"{root}index.html", f"{root}en/index.html"]
    for element, link in page.links():
        assert link.startswith((root, "#")), f"<{element.tag}> {link}: breaks at another depth"
        if link.startswith(root):
            assert (built_site / link.removeprefix(root).split("#")[0]).is_file(), link
    assert not relations(page, "canonical")


# ---- the same data, the same bytes -----------------------------------------------------------


def test_two_builds_are_the_same_byte_for_byte(
    built_site: Path, build_site: Callable[..., Path], tmp_path: Path
) -> None:
    """In another folder, in another process, with another order of sets."""
    project = copy_project(tmp_path / "elsewhere")
    again = build_site(project / "mkdocs.yml", PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    first, second = fingerprint(built_site), fingerprint(again)
    assert {name for name in first.keys() | second if first.get(name) != second.get(name)} == set()


def test_no_path_of_the_machine_is_published(built_site: Path) -> None:
    home = [str(ROOT), str(Path.home()), str(built_site.parent)]
    for path in built_site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found = [place for place in home if len(place) > 5 and f"{place}/".encode() in data]
            assert not found, path.relative_to(built_site)
