"""What a reader does with a table: another order, some of the rows, the table in a spreadsheet."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.accessible import LARGE, faults, lost_by_spacing, too_wide
from tests.conftest import OpenReader, Reader

from disclosure.book import Book, Disclosure, Project
from disclosure.language.interface import say
from disclosure.model.fields import Lang

FOLDER = "departments/economy-technology/2024-budget"
LIST = f"{FOLDER}/projects/index.html"
PROJECT = f"{FOLDER}/projects/13081124P00000310002E.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
# Each language and each screen every time; the other pairs are for `make slow`.
SIDES = pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
PAIRS = pytest.mark.parametrize(
    ("lang", "screen"),
    [
        ("zh", "phone"),
        ("en", "desktop"),
        pytest.param("zh", "desktop", marks=pytest.mark.slow),
        pytest.param("en", "phone", marks=pytest.mark.slow),
    ],
)

HTML = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType("text/html")).text();
}"""


@pytest.fixture(scope="module")
def disclosure(book: Book) -> Disclosure:
    (only,) = book.disclosures
    return only


def at(lang: str, url: str) -> str:
    return url if lang == "zh" else f"en/{url}"


def tool(page: Page, name: str) -> Locator:
    return page.locator(f"[data-tool={name}]").first


def codes(page: Page) -> list[str]:
    """The projects that are shown, in their order."""
    return list(
        page.locator("#projects-table tbody tr").evaluate_all(
            "rows => rows.filter(row => row.offsetHeight).map(row => row.id.slice(8))"
        )
    )


def amount(project: Project) -> Decimal:
    assert project.file.budget.value is not None
    return project.file.budget.value


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def open_filter(page: Page, screen: str) -> None:
    button = tool(page, "filter")
    if screen == "phone":
        button.tap()
    else:
        button.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#filter-text")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")


@PAIRS
def test_the_list_is_filtered_and_its_address_says_how(
    open_reader: OpenReader, site_address: str, disclosure: Disclosure, lang: str, screen: str
) -> None:
    reader = open_reader(screen)
    page, projects = reader.page, disclosure.projects
    page.goto(site_address + at(lang, LIST))
    open_filter(page, screen)
    found = page.locator(".d-filter__found")

    # From 100 to 600 in the unit of the table, both ends included, typed in full width.
    page.locator("#filter-from").fill("１００．0")
    page.locator("#filter-to").fill("600")
    wanted = [p.code for p in projects if 100 <= amount(p) <= 600]
    assert 1 < len(wanted) < len(projects) and any(amount(p) == 600 for p in projects)
    assert codes(page) == wanted
    expect(found).to_have_text(
        say("filter.found", lang, count=len(wanted), all=len(projects))  # type: ignore[arg-type]
    )
    # A code, in lower case.
    page.locator("#filter-text").fill(" 13081124p000013100039 ")
    assert codes(page) == ["13081124P000013100039"]
    page.locator("#filter-text").fill("")

    # A kind that the data tell apart: here the projects of an item that the text names.
    assert disclosure.budget
    highlight = next(h for h in disclosure.budget.highlights if len(h.projects) > 1)
    page.locator("#filter-kind").select_option(f"highlight-{highlight.id}")
    some = [code for code in wanted if code in highlight.projects]
    assert codes(page) == some and len(some) == 1
    page.wait_for_url("**kind=**")
    assert query(page) == {"from": "1000000", "to": "6000000", "kind": f"highlight-{highlight.id}"}

    # Another reader with the same address sees the same, and so does one of the other language.
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(found).not_to_be_empty()
    assert codes(page) == some
    assert page.locator("#filter-from").input_value() == "100"
    page.locator("[data-language-switch]").click()
    page.wait_for_url(site_address + at("en" if lang == "zh" else "zh", LIST) + "?*")
    expect(found).not_to_be_empty()
    assert codes(page) == some
    page.go_back()
    expect(found).not_to_be_empty()

    page.locator(".d-filter [type=reset]").click()
    page.wait_for_url(site_address + at(lang, LIST))
    assert codes(page) == [p.code for p in projects]
    expect(found).to_be_empty()
    assert not reader.errors


@SIDES
def test_words_are_found_in_any_width_and_case(
    desktop: Reader, site_address: str, disclosure: Disclosure, book: Book, lang: Lang
) -> None:
    page = desktop.page
    page.goto(site_address + at(lang, LIST))
    open_filter(page, "desktop")
    field = page.locator("#filter-text")
    field.fill("清洁 取暖" if lang == "zh" else "HEATING clean")
    named = [p.code for p in disclosure.projects if "清洁能源取暖" in p.file.name]
    assert named and set(named) <= set(codes(page)) and len(codes(page)) < len(disclosure.projects)
    field.fill("２０２４年" if lang == "zh" else "ｓｕｐｐｏｒｔ")
    assert 0 < len(codes(page)) < len(disclosure.projects)
    # An amount is no word of a project.
    field.fill("466.73")
    assert codes(page) == []
    expect(page.locator(".d-filter__found")).to_have_text(
        say("filter.none", lang, all=len(disclosure.projects))
    )
    field.fill("")
    page.locator("#filter-from").fill("很多 & <b>")
    wrong = page.locator("#filter-wrong")
    expect(wrong).to_have_text(say("filter.wrong", lang, text="很多 & <b>"))
    expect(page.locator("#filter-from")).to_have_attribute("aria-invalid", "true")
    assert len(codes(page)) == len(disclosure.projects)
    page.keyboard.press("Enter")  # sends no form
    page.locator("#filter-from").fill("2000")
    expect(wrong).to_be_empty()
    assert len(codes(page)) == 1
    assert page.locator("[data-said]").count() == 1 and not desktop.errors


@PAIRS
def test_the_list_is_sorted(
    open_reader: OpenReader, site_address: str, disclosure: Disclosure, lang: str, screen: str
) -> None:
    reader = open_reader(screen)
    page, projects = reader.page, disclosure.projects
    printed = [p.code for p in projects]
    largest = [p.code for p in sorted(projects, key=amount, reverse=True)]
    smallest = [p.code for p in sorted(projects, key=amount)]
    page.goto(site_address + at(lang, LIST))
    tool(page, "sort").click()
    choice = page.locator(".d-tools select")
    expect(choice).to_be_focused()
    choice.select_option("-amount")
    assert codes(page) == largest != printed
    expect(page.locator("[data-said]")).to_contain_text(
        str(choice.evaluate("e => e.selectedOptions[0].text"))
    )
    head = page.locator("#projects-table thead th").nth(2)
    expect(head).to_have_attribute("aria-sort", "descending")
    if screen == "phone":  # the heads are out of sight, and no stop for the keyboard
        assert head.locator("button").evaluate("e => e.tabIndex") == -1
        choice.select_option("amount")
        assert codes(page) == smallest
        choice.select_option("")
    else:
        for expected, said in ((smallest, "ascending"), (printed, None), (largest, "descending")):
            head.locator("button").press("Enter")
            assert codes(page) == expected
            assert head.get_attribute("aria-sort") == said
        head.locator("button").press("Enter")
        head.locator("button").press("Enter")
    assert codes(page) == printed

    # Names: in pinyin, or in the alphabet; the address says so, and leads back to a row.
    choice.select_option("-name")
    rows = page.locator("#projects-table tbody th")
    names = rows.evaluate_all("all => all.map(e => e.textContent)")
    script = "([all, lang]) => all.toSorted(new Intl.Collator(lang, {numeric: true}).compare)"
    assert names == page.evaluate(script, [names, "zh-CN" if lang == "zh" else "en"])[::-1]
    page.wait_for_url("**sort=-name")
    ordered = codes(page)
    page.goto("about:blank")
    page.goto(f"{site_address}{at(lang, LIST)}?sort=-name#project-{ordered[-1]}")
    expect(page.locator(".d-tools select")).to_have_value("-name")
    assert codes(page) == ordered
    expect(page.locator(f"#project-{ordered[-1]}")).to_be_in_viewport()
    assert not reader.errors


@PAIRS
def test_the_table_is_copied_as_it_is_shown(
    open_reader: OpenReader, site_address: str, disclosure: Disclosure, lang: Lang, screen: str
) -> None:
    reader = open_reader(screen, permissions=CLIPBOARD)
    page = reader.page
    page.goto(f"{site_address}{at(lang, LIST)}?from=1000000&sort=-amount")
    expect(page.locator(".d-filter__found")).not_to_be_empty()
    shown = codes(page)
    tool(page, "copy").click()
    done = page.locator(".d-tools__said")
    expect(done).to_have_text(say("tools.copied", lang, count=len(shown)))
    expect(page.locator("[data-said]")).to_have_text(say("tools.copied", lang, count=len(shown)))
    text = page.evaluate("navigator.clipboard.readText()")
    title, heads, *rows = (line.split("\t") for line in text.replace("\r", "").split("\n"))
    assert title[0].startswith(say("projects.table.caption", lang))
    assert len(heads) == 5 and all(len(row) == 5 for row in rows)
    by_code = {p.code: p for p in disclosure.projects}
    assert [row[4] for row in rows] == shown
    # As printed, without the number of a data check that stands beside it.
    assert [row[2] for row in rows] == [by_code[code].file.budget.printed for code in shown]
    assert not reader.errors
    html = page.evaluate(HTML)  # for which Chromium puts it into the page, and the policy complains
    cells = page.evaluate(
        """html => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("tr")]
          .map(row => [...row.cells].map(cell => cell.textContent))""",
        html,
    )
    assert cells == [title, heads, *rows]


@SIDES
def test_what_spans_several_rows_is_said_in_each(
    open_reader: OpenReader, site_address: str, lang: str
) -> None:
    reader = open_reader("desktop", permissions=CLIPBOARD)
    page = reader.page
    page.goto(site_address + at(lang, PROJECT))
    tool(page, "copy").click()
    expect(page.locator(".d-tools__said")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    _, heads, *rows = (line.split("\t") for line in text.replace("\r", "").split("\n"))
    assert len(rows) == page.locator("#indicators-table tbody tr").count() > 3
    assert {len(row) for row in (heads, *rows)} == {6}
    level_1 = [row[0] for row in rows]
    assert all(level_1) and len(set(level_1)) < len(level_1), "once in each of its rows"
    assert not reader.errors


# A table such as no data here make: heads over several columns, hidden rows, marks, formulas.
ODD = """() => {
  document.querySelector("article").insertAdjacentHTML("beforeend", `
    <div class="d-table"><table id="odd"><caption>=1+1 <span class="d-unit">(万元)</span></caption>
    <thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr>
    <tr><th>C</th><th>D</th></tr></thead>
    <tbody><tr><th>=SUM(A1)</th><td class="d-end"><data value="1">−1.50</data>
      <a class="d-finding" href="#">※1</a></td><td>001234567890123456</td></tr>
    <tr hidden><th>x</th><td class="d-end">1</td><td></td></tr>
    <tr><th>a\tb &amp; "c" &lt;</th><td class="d-end"><span class="d-absent"><span>—</span><span
      class="d-hidden">absent</span></span></td><td>-</td></tr></tbody></table></div>
    <div class="d-tools" data-side="previous"><button data-tool="copy" id="take">C</button></div>`);
}"""


def test_a_spreadsheet_is_given_texts_as_texts(open_reader: OpenReader, site_address: str) -> None:
    page = open_reader("desktop", permissions=CLIPBOARD).page
    page.goto(site_address + LIST)
    page.evaluate(ODD)
    given = page.evaluate("""() => new Promise(done => {
      addEventListener("copy", () => setTimeout(() => done(window.given)), true);
      const set = DataTransfer.prototype.setData;
      window.given = {};
      DataTransfer.prototype.setData = function (type, text) {
        window.given[type] = text;
        return set.call(this, type, text);
      };
      document.querySelector("#take").click();
    })""")
    assert given["text/plain"].split("\r\n") == [
        "'=1+1 (万元)",
        "A\tB\tB",
        "A\tC\tD",
        "'=SUM(A1)\t-1.50\t001234567890123456",
        'a b & "c" <\t—\t-',
    ]
    html = given["text/html"]
    assert html.count("<tr>") == 5 and "<td>-1.50</td>" in html
    text = 'style="mso-number-format:\'\\@\'" sdnum="1033;1033;@"'
    assert f"<td {text}>001234567890123456</td>" in html
    assert "a b &#38; &#34;c&#34; &#60;<" in html and "※" not in html


def test_figures_are_compared_exactly_and_what_is_none_comes_last(
    desktop: Reader, site_address: str
) -> None:
    """Floating point cannot tell these apart, nor can it add up to them."""
    page = desktop.page
    page.goto(site_address + LIST)
    values = [
        *("90071992547409930000", "90071992547409930001", "0.1000000001", "0.1"),
        *("-3", "1000", "999.99"),
    ]
    page.evaluate(
        """values => document.querySelectorAll("#projects-table td:nth-child(3) data").forEach(
             (data, at) => { if (values[at]) data.value = values[at]; else data.remove(); })""",
        values,
    )
    tool(page, "sort").click()
    choice = page.locator(".d-tools select")
    shown = """() => [...document.querySelectorAll("#projects-table tbody tr")].map(
      row => (row.querySelector("td.d-end data") || {}).value || "")"""
    rest = [""] * (page.locator("#projects-table tbody tr").count() - len(values))
    for by, reverse in (("amount", False), ("-amount", True)):
        choice.select_option(by)
        assert page.evaluate(shown) == sorted(values, key=Decimal, reverse=reverse) + rest
    assert not desktop.errors


def test_amounts_are_asked_for_in_the_unit_that_is_shown(
    desktop: Reader, site_address: str, disclosure: Disclosure
) -> None:
    page = desktop.page
    page.goto(f"{site_address}{LIST}?from=4667300")
    first, unit = page.locator("#filter-from"), page.locator(".d-filter .d-unit")
    expect(first).to_have_value("466.73")
    shown = codes(page)
    assert shown == [p.code for p in disclosure.projects if amount(p) >= Decimal("466.73")]
    for name, value, word in (("yuan", "4667300", "（元）"), ("million", "4.6673", "（百万元）")):
        page.evaluate("name => { document.documentElement.dataset.unit = name }", name)
        expect(unit).to_have_text(word)
        expect(first).to_have_value(value)
        page.locator("#filter-text").fill("1")
        page.locator("#filter-text").fill("")
        assert codes(page) == shown
    page.evaluate("delete document.documentElement.dataset.unit")
    expect(first).to_have_value("466.73")
    first.fill("466.74")
    assert len(codes(page)) == len(shown) - 1
    assert not desktop.errors


def test_without_a_clipboard_the_table_is_copied_or_selected(
    open_reader: OpenReader, site_address: str
) -> None:
    """Many portals are still served over http, where browsers offer no clipboard."""
    reader = open_reader("desktop", permissions=CLIPBOARD)
    page = reader.page
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(f"{site_address}{LIST}?text=13081124P000013100039")
    expect(page.locator(".d-filter__found")).not_to_be_empty()
    button = tool(page, "copy")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".d-tools__said")).to_have_text(say("tools.copied", "zh", count=1))
    expect(button).to_be_focused()
    other = page.context.browser.contexts[-1].new_page()  # type: ignore[union-attr]
    other.goto(site_address)
    assert "13081124P000013100039" in other.evaluate("navigator.clipboard.readText()")
    other.close()
    page.evaluate("document.execCommand = () => false")
    button.click()
    expect(page.locator(".d-tools__said")).to_have_text(say("tools.selected", "zh"))
    assert "13081124P000013100039" in page.evaluate("String(getSelection())")
    assert not reader.errors


def test_where_the_old_command_is_refused_the_clipboard_takes_the_table(
    open_reader: OpenReader, site_address: str
) -> None:
    reader = open_reader("desktop", permissions=CLIPBOARD)
    page = reader.page
    page.goto(f"{site_address}en/{LIST}")
    page.evaluate("document.execCommand = () => false")
    tool(page, "copy").click()
    expect(page.locator(".d-tools__said")).to_have_text(say("tools.copied", "en", count=12))
    assert page.evaluate("navigator.clipboard.readText()").count("13081124P") == 11
    assert not reader.errors
    assert page.evaluate(HTML).count("<tr>") == 14


@SIDES
def test_without_script_there_is_the_file_and_nothing_that_does_not_work(
    open_reader: OpenReader, site_address: str, lang: str
) -> None:
    page = open_reader("phone", java_script_enabled=False).page
    page.goto(site_address + at(lang, LIST) + "?text=x&sort=-amount")
    assert page.locator("[data-tool]").count() == 3
    for hidden in (*page.locator("[data-tool]").all(), page.locator(".d-filter")):
        expect(hidden).to_be_hidden()
    link = page.locator(".d-tools a")
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.url == site_address + at(lang, f"{FOLDER}/data/projects.csv")


def test_the_open_filter_is_accessible(phone: Reader, site_address: str) -> None:
    page = phone.page
    page.goto(f"{site_address}en/{LIST}?from=1000000&sort=-amount")
    expect(page.locator(".d-filter__found")).not_to_be_empty()
    page.locator("#filter-to").fill("much")
    assert not lost_by_spacing(page), "1.4.12"
    # A long window: what stays at its head and foot covers none of it.
    page.set_viewport_size({"width": 360, "height": 2000})
    page.evaluate("scrollTo(0, 0)")
    assert not faults(page)
    page.evaluate("document.documentElement.dataset.text = '200'")
    assert not too_wide(page, 360), "200 % at 360 px"
    page.emulate_media(color_scheme="dark")
    assert not faults(page, *LARGE), "200 %, dark: 7 to 1"
    page.evaluate("delete document.documentElement.dataset.text")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not faults(page, "color-contrast"), "dark, at a desk"
    small = page.locator(".d-tools :is(a, button, select), .d-filter :is(input, select, button)")
    for box in (each.bounding_box() for each in small.all()):
        assert box and box["width"] >= 24 and box["height"] >= 24, "2.5.8"
    page.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide(page, 320), "1.4.10"


def test_on_paper_there_are_no_tools(desktop: Reader, site_address: str) -> None:
    page = desktop.page
    page.goto(f"{site_address}{LIST}?from=1000000&sort=-amount")
    expect(page.locator(".d-filter__found")).not_to_be_empty()
    page.emulate_media(media="print")
    expect(page.locator(".d-tools")).to_be_hidden()
    expect(page.locator(".d-filter")).to_be_hidden()
    expect(page.locator(".d-filter__found")).to_be_visible()
    assert re.search("5.*12", page.locator(".d-filter__found").inner_text())
