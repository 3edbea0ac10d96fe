"""The data of the 2024 disclosure: complete, as counted in the document."""

from __future__ import annotations

from disclosure.book import Book, Disclosure

CODES = (
    "13081124P00005210003G 13081124P00005510003H 13081123P00007210003G 13081124P00011910002F "
    "13081124P00001610003A 13081124P00001810001E 13081124P00001510001D 13081124P00000310002E "
    "13081124P000013100039 13081124P000506100026 13081124P00001710001Q 13081124P00001410004J"
)
KINDS = (
    "数量指标 质量指标 时效指标 成本指标 经济效益指标 "
    "社会效益指标 生态效益指标 可持续影响指标 服务对象满意度指标"
)


def test_twelve_projects_in_printed_order(real_disclosure: Disclosure) -> None:
    assert [project.code for project in real_disclosure.projects] == CODES.split(" ")
    assert [project.file.order for project in real_disclosure.projects] == list(range(1, 13))


def test_nine_indicators_each_make_108_rows(real_disclosure: Disclosure) -> None:
    rows = 0
    for project in real_disclosure.projects:
        assert list(project.file.indicators) == KINDS.split(" "), project.code
        for indicators in project.file.indicators.values():
            assert len(indicators) == 1
            for row in indicators:
                assert row.name and row.target and row.description and row.basis, project.code
                rows += 1
    assert rows == 108


def test_every_project_is_complete(real_disclosure: Disclosure) -> None:
    for project in real_disclosure.projects:
        file = project.file
        assert file.budget.value is not None and file.use and file.objectives
        assert list(file.sources) == ["财政资金", "其他资金"]
        assert [label.replace(" ", "") for label in file.schedule] == [
            "3月底",
            "6月底",
            "10月底",
            "12月底",
        ]


def test_the_figures_of_the_parts(real_disclosure: Disclosure) -> None:
    budget = real_disclosure.budget
    assert budget is not None and budget.change and budget.agency_operating and budget.three_public
    assert {k: f.printed for k, f in budget.revenue.sources.items()} == {
        "一般公共预算收入": "3804.65",
        "基金预算收入": "0.00",
        "国有资本经营预算收入": "0.00",
        "财政专户核拨收入": "0.00",
        "单位资金收入": "0.00",
        "上年结转结余": "0.00",
    }
    spent = budget.expenditure
    figures = (spent.total, spent.basic, spent.personnel, spent.non_personnel, spent.projects)
    assert [f.printed for f in figures if f] == ["3804.65", "384.65", "354.03", "30.62", "3420"]
    assert [h.amount.printed for h in budget.highlights] == ["2000", "600", "500"]
    assert [len(h.projects) for h in budget.highlights] == [1, 1, 2]
    assert all(h.because for h in budget.highlights), "the document does not state the links"
    change = (budget.change.total, budget.change.basic, budget.change.projects)
    assert [f.printed for f in change if f] == ["119.79", "46.29", "215.53"]
    assert [f.printed for f in budget.agency_operating.items.values()] == (
        ["6.04", "3.00", "2.50", "0", "10.16", "0.30", "5.60", "2.60", "0"]
    )
    assert [f.printed for f in budget.three_public.items.values()] == (
        ["0.00", "0.00", "0.00", "0.00", "0.30"]
    )


def test_the_empty_parts(real_disclosure: Disclosure) -> None:
    """Part six is a heading only; the procurement table is empty with its two notes."""
    assert real_disclosure.narrative.special_funds == ()
    procurement = real_disclosure.procurement
    assert procurement is not None and procurement.rows == ()
    assert len(procurement.notes) == 1 and procurement.empty_note
    assets = real_disclosure.assets
    assert assets is not None and assets.table is not None
    assert (assets.table.as_of, len(assets.table.rows)) == ("2023-12-31", 6)


def test_ten_official_terms_in_order_and_others_beside_them(real_book: Book) -> None:
    official = [term for term in real_book.glossary if term.number is not None]
    assert [(term.number, term.zh) for term in official] == [
        (1, "财政拨款收入"),
        (2, "财政专户管理资金收入"),
        (3, "单位资金收入"),
        (4, "事业收入"),
        (5, "事业单位经营收入"),
        (6, "上年结转"),
        (7, "部门预算支出"),
        (8, "事业单位经营支出"),
        (9, "“三公”经费"),
        (10, "机关运行经费"),
    ]
    own = [term for term in real_book.glossary if term.number is None]
    assert {"基本支出", "绩效目标"} <= {term.zh for term in own}
    assert all(term.basis for term in real_book.glossary)


def test_numbers_of_policy_documents_are_read_alike(real_book: Book) -> None:
    numbered = [policy.number for policy in real_book.policies if policy.number]
    assert numbered
    for number in numbered:
        assert "[" in number.en and " No. " in number.en
        assert number.en.split("[")[1][:4] == number.zh.split("[")[1][:4], "the same year"


def test_nothing_is_invented(real_book: Book, real_disclosure: Disclosure) -> None:
    """The document gives no date and no identifiers of a publisher."""
    site = real_book.site
    assert site.edition == "unofficial" and site.publisher is None
    assert site.source is not None and site.source.date is None
    performance = real_disclosure.narrative.performance
    assert performance is not None
    names = {division.id: division.name for division in real_disclosure.header.divisions}
    linked = [
        block for block in (*performance.divisions, *performance.safeguards) if block.division
    ]
    assert len(linked) == 10
    for block in linked:
        assert block.division and (block.because or block.heading == names[block.division])
