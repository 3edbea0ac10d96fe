"""Charts: lengths in proportion, nothing drawn that is not there, nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site.reading import HAN, Element, _Builder
from tests.unit.conftest import ROOT

from disclosure.book import Book, Disclosure, Project, load_book
from disclosure.model.fields import LANGS, Figure, Lang, Nothing
from disclosure.rules.examine import Examination, examine
from disclosure.site.blocks import Amount, Bar, Bars, Block, Line, Page, Phrase, line_text
from disclosure.site.edition import Edition
from disclosure.site.marking import MarkedPage
from disclosure.site.render import render_page
from disclosure.site.routes import Kind, PageId, Target
from disclosure.site.views.charts import project_bars, revenue_bars, schedule_steps
from disclosure.site.views.drawing import (
    Measured,
    Pair,
    Whole,
    chart,
    leaders,
    lengths,
    pair_bars,
    percentage,
)
from disclosure.site.views.findings import Marks

HOME = PageId(Kind.HOME)
BLANK = Figure("", nothing=Nothing.BLANK)


@cache
def real() -> tuple[Book, Disclosure]:
    book = load_book(ROOT / "data")
    (disclosure,) = book.disclosures
    return book, disclosure


@cache
def edition(lang: Lang) -> Edition:
    book, _ = real()
    return Edition(book, lang, examination=_examination())


@cache
def _examination() -> Examination:
    return examine(real()[0])


def drawn(lang: Lang, *blocks: Block) -> Element:
    """The blocks as they are on a page."""
    page = Page(HOME, lang, Phrase("图" if lang == "zh" else "Chart", lang), blocks)
    builder = _Builder()
    builder.feed(render_page(MarkedPage(page, ()), edition(lang)).html)
    builder.close()
    return builder.root


values = st.decimals(-50, 10**7, places=2) | st.decimals(0, 1, places=2)
figures = st.one_of(
    values.map(lambda value: Figure(f"{value}", value)),
    st.sampled_from([BLANK, Figure("不适用", nothing=Nothing.NOT_APPLICABLE)]),
)
langs = st.sampled_from(LANGS)


def measured(found: list[Figure]) -> list[Measured]:
    return [
        Measured(Phrase(f"P{n}", "en"), figure, "万元", Target(HOME, f"p{n}"))
        for n, figure in enumerate(found)
    ]


def yuan(line: Line) -> list[Decimal]:
    return [part.yuan for part in line if isinstance(part, Amount)]


def note(bars: Bars, beginning: str) -> Line:
    """The note that begins so, or nothing."""
    return next((each for each in bars.notes if line_text(each).startswith(beginning)), ())


def in_ratio(bars: tuple[Bar, ...]) -> None:
    """Each is as long as its amount, the longest as long as can be."""
    amounts = [yuan(bar.figure)[0] for bar in bars]
    assert min(amounts) > 0
    assert max(bar.share for bar in bars) == 1
    for amount, bar in zip(amounts, bars, strict=True):
        assert 0 < bar.share <= 1
        assert bar.share == pytest.approx(float(amount / max(amounts)), rel=1e-12)


def said_in(lang: Lang, bars: Bars) -> None:
    """Every bar leads somewhere and has a title and a description, in the language of the page."""
    for bar in bars.bars:
        assert isinstance(bar.target, Target)
        for text in (bar.said, bar.described):
            assert text.strip() and bool(HAN.search(text)) is (lang == "zh"), text
            assert line_text(bar.figure) not in text, "what is read anyway is not read twice"
    for each in bars.notes:
        assert bool(HAN.search(line_text(each).replace("不适用", ""))) is (lang == "zh")


@given(st.lists(figures, min_size=1, max_size=14), st.integers(1, 9), langs, figures | st.none())
@settings(max_examples=40)
def test_a_chart_draws_in_proportion_and_loses_nothing(
    found: list[Figure], most: int, lang: Lang, printed: Figure | None
) -> None:
    items = measured(found)
    charts = chart(edition(lang), "T", items, Whole("chart.whole.revenue", printed), most=most)
    above = [item for item in items if item.yuan > 0]
    if not above:
        assert charts == ()
        return
    (bars,) = charts
    assert [bar.label for bar in bars.bars] == [item.label for item in above[:most]]
    in_ratio(bars.bars)
    said_in(lang, bars)

    flat = [item for item in items if item.yuan <= 0]
    not_drawn = note(bars, edition(lang).say("chart.not_drawn", items="").rstrip("。. "))
    for item in flat[:8]:
        assert f"{item.label.text} " in line_text(not_drawn)
    blanks = sum(item.figure is BLANK for item in flat[:8])
    assert line_text(not_drawn).count(edition(lang).say("absence.blank")) == blanks
    if len(flat) > 8:
        assert str(len(flat)) in line_text(not_drawn)

    rest = above[most:]
    start = edition(lang).say("chart.rest.amount", count=len(rest), amount="|").split("|")[0]
    others = yuan(note(bars, start))[0] if rest else Decimal(0)
    shown = sum((yuan(bar.figure)[0] for bar in bars.bars), Decimal(0))
    below = sum((item.yuan for item in flat), Decimal(0))
    total = sum((item.yuan for item in items), Decimal(0))
    assert shown + others + below == total

    tail = edition(lang).say("chart.differs", sum="|", whole="", total="", difference="")
    differs = yuan(note(bars, tail.split("|")[0]))
    if printed is not None and printed.value is not None and printed.value * 10_000 != total:
        assert differs == [total, printed.value * 10_000, total - printed.value * 10_000]
    else:
        assert differs == []


@given(st.lists(figures, min_size=1, max_size=8), langs)
@settings(max_examples=12)
def test_what_is_drawn_is_what_is_on_the_page(found: list[Figure], lang: Lang) -> None:
    charts = chart(edition(lang), "T", measured(found), Whole("chart.whole.revenue", None))
    page = drawn(lang, *charts)
    rows = [each for each in page.all("li")]
    assert len(rows) == sum(len(each.bars) for each in charts)
    for row, bar in zip(rows, (bar for each in charts for bar in each.bars), strict=True):
        link = row.one("a")
        assert link["href"].endswith(f"#{bar.target.anchor}")
        svg = link.one("svg")
        assert svg["role"] == "img" and "aria-hidden" not in svg.attributes
        assert not svg.all("a"), "a link in an image is for nobody"
        assert (svg.one("title").text(), svg.one("desc").text()) == (bar.said, bar.described)
        track, fill = svg.all("rect")
        assert track["width"] == "100"
        assert float(fill["width"]) == pytest.approx(bar.share * 100, abs=0.0001)


amounts = st.lists(st.decimals("0.01", 10**7, places=2), min_size=1, max_size=40)


@given(amounts)
@settings(max_examples=60)
def test_the_few_that_are_set_apart_are_few_and_had_to_be(found: list[Decimal]) -> None:
    found.sort(reverse=True)
    first = leaders(found)

    def readable(first: int) -> bool:
        others = lengths(found[first:])
        return sum(length >= 0.125 for length in others) * 2 >= len(others)

    assert 0 <= first <= 3 and (first == 0 or len(found) - first >= 3)
    assert not any(readable(fewer) for fewer in range(first))


def with_projects(found: list[Figure]) -> Disclosure:
    _, disclosure = real()
    model = disclosure.projects[0]
    projects = tuple(
        replace(
            model,
            file=model.file.model_copy(update={"code": f"P{n}", "name": f"P{n}", "budget": figure}),
        )
        for n, figure in enumerate(found)
    )
    return replace(disclosure, projects=projects)


@given(st.lists(figures, max_size=30), langs, st.sampled_from([8, None]))
@settings(max_examples=30)
def test_projects_on_one_scale_or_two(found: list[Figure], lang: Lang, most: int | None) -> None:
    disclosure = with_projects(found)
    charts = [b for b in project_bars(edition(lang), disclosure, most) if isinstance(b, Bars)]
    above = sorted((f.number * 10_000 for f in found if f.number > 0), reverse=True)
    total = sum((figure.number * 10_000 for figure in found), Decimal(0))
    if len(above) < 2:
        assert charts == []
        return
    for bars in charts:
        in_ratio(bars.bars)
        said_in(lang, bars)
    if len(charts) == 1:
        shown = [yuan(bar.figure)[0] for bar in charts[0].bars]
        assert shown == above[:most]
        return
    upper, lower = ([yuan(bar.figure)[0] for bar in bars.bars] for bars in charts)
    few = leaders(above[:most])
    assert upper[:few] + lower == above[:most] and len(upper) <= few + 1
    if len(upper) > few:
        assert sum(upper) == total, "the largest and all others together are the whole"
    times = max(upper) / max(lower)
    (said,) = re.findall(r"[\d.]+", charts[1].title.replace(str(len(lower)), "", 1))
    assert abs(Decimal(said) - times) <= Decimal("0.05"), "the change of scale is in the title"
    assert percentage(edition(lang), 1 / times) in line_text(charts[1].notes[0])


@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=5), langs)
@settings(max_examples=40)
def test_pairs_say_the_change(found: list[tuple[Figure, Figure]], lang: Lang) -> None:
    pairs = [Pair(*measured(list(pair))) for pair in found]
    charts = pair_bars(edition(lang), "T", pairs, "2023")
    positive = [item for pair in pairs for item in (pair.before, pair.now) if item.yuan > 0]
    assert sum(len(each.bars) for each in charts) == len(positive)
    if not charts:
        return
    (bars,) = charts
    in_ratio(bars.bars)
    said_in(lang, bars)
    for pair in pairs:
        said = [bar.said for bar in bars.bars if bar.label == pair.now.label and not bar.hollow]
        if pair.before.yuan > 0 and pair.now.yuan > 0:
            change = pair.now.yuan - pair.before.yuan
            key = "chart.grown" if change > 0 else "chart.shrunk" if change else "chart.same"
            percent = percentage(edition(lang), abs(change) / pair.before.yuan)
            assert edition(lang).say(key, than="2023", percent=percent) in said


shares = st.one_of(
    st.none(),
    st.sampled_from([0, 25, 50, 100]).map(Decimal),
    st.decimals(-10, 150, places=1),
)


@given(st.lists(shares, min_size=1, max_size=6), langs)
@settings(max_examples=25)
def test_a_schedule_as_steps(found: list[Decimal | None], lang: Lang) -> None:
    """What is missing is never drawn as zero, and what falls is shown as it is."""
    _, disclosure = real()
    schedule = {
        f"{month + 1}月底": BLANK if share is None else Figure(f"{share}%", share)
        for month, share in enumerate(found)
    }
    model = disclosure.projects[0]
    project = Project(
        **{
            **{name: getattr(model, name) for name in model.__dataclass_fields__},
            "file": model.file.model_copy(update={"schedule": schedule}),
        }
    )
    marks = Marks(edition(lang), disclosure, "projects/none.yml", ("schedule",))
    steps = schedule_steps(edition(lang), disclosure, project, marks)
    said = [(step.said, step.described) for step in steps.steps]
    for text in (text for pair in said for text in pair):
        assert text and bool(HAN.search(text)) is (lang == "zh")
    for (before, now), (change, _) in zip(pairwise(found), said[1:], strict=True):
        if before is not None and now is not None and now < before:
            points = f"{(before - now).normalize():f}"
            assert change == edition(lang).say("step.down", points=points)
    page = drawn(lang, steps)
    for share, step in zip(found, page.all("li", cls="d-step"), strict=True):
        link = step.one("a")
        assert link["href"].endswith("#official-table")
        svg = link.one("svg")
        assert svg["role"] == "img" and svg.one("title").text() and svg.one("desc").text()
        if share is None:
            assert not svg.all("rect") and svg.one("path")["stroke-dasharray"]
            figure = link.one(cls="d-step__figure").raw_text()
            assert figure == edition(lang).say("absence.blank")
            continue
        _, fill = svg.all("rect")
        height = min(max(float(share), 0), 100)
        assert float(fill["height"]) == pytest.approx(height, abs=0.0001)
        assert float(fill["y"]) + float(fill["height"]) == pytest.approx(100)
        assert link.one(cls="d-step__figure").text() == f"{share}%"


@pytest.mark.parametrize(
    ("share", "zh", "en"),
    [
        ("0", "0.0%", "0.0%"),
        ("0.00049", "不到0.1%", "less than 0.1%"),
        ("0.0005", "0.1%", "0.1%"),
        ("0.9996", "超过99.9%", "more than 99.9%"),
        ("1", "100%", "100%"),
        ("1.0001", "100.0%", "100.0%"),
        ("-0.25", "−25.0%", "−25.0%"),
    ],
)
def test_a_share_is_not_said_to_be_none_or_all(share: str, zh: str, en: str) -> None:
    for lang, wanted in (("zh", zh), ("en", en)):
        assert percentage(edition(lang), Decimal(share)) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGS)
def test_the_real_projects(lang: Lang) -> None:
    """2,000 of 3,608.32: set apart on the overview, the others 3.3 times as long."""
    _, disclosure = real()
    upper, lower, _ = project_bars(edition(lang), disclosure, 8)
    assert isinstance(upper, Bars) and isinstance(lower, Bars)
    assert [bar.note for bar in upper.bars] == ["55.4%", "44.6%"]
    assert len(lower.bars) == 7 and "3.3" in lower.title
    assert min(bar.share for bar in lower.bars) > 0.05
    sums = [yuan(each) for each in lower.notes if "checks" in repr(each)]
    assert sums == [[Decimal(36_083_200), Decimal(34_200_000), Decimal(1_883_200)]]
    (sources,) = revenue_bars(edition(lang), disclosure)
    assert [bar.note for bar in sources.bars] == ["100%"]
    assert len(yuan(note(sources, edition(lang).say("chart.not_drawn", items="")[:4]))) == 5


def test_amounts_of_different_units_are_on_one_scale() -> None:
    items = [
        Measured(Phrase("a", "en"), Figure("1", Decimal(1)), "万元", Target(HOME)),
        Measured(Phrase("b", "en"), Figure("5000", Decimal(5000)), "元", Target(HOME)),
    ]
    (bars,) = chart(edition("en"), "T", items)
    assert [bar.share for bar in bars.bars] == [1, 0.5]
