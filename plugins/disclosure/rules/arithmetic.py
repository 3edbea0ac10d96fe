"""Do the printed figures add up? Every comparison is exact; nothing is altered.

Each rule yields a ``Check`` with both sides, whether they agree or not. A rule that finds one
side absent or blank says nothing: what is not printed cannot disagree. Amounts are in the unit
of the file they stand in. The rules of the statutory tables stand in ``tables``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from disclosure.book import Book, Disclosure
from disclosure.language.numbers import YUAN_PER, plain, unit_name
from disclosure.language.targets import parse_target
from disclosure.model.fields import Bilingual, Figure, Lang, parse_decimal
from disclosure.model.vocabulary import Vocabulary
from disclosure.problems import problem
from disclosure.rules.check import Check, Label, Term
from disclosure.rules.check import sum_of as _sum
from disclosure.rules.finding import Finding
from disclosure.rules.tables import table_checks

Rule = Callable[[Disclosure, Vocabulary], Iterable[Check]]


def arithmetic(disclosure: Disclosure, book: Book) -> tuple[Check, ...]:
    """All arithmetic checks of a disclosure, in the order of the document."""
    checks = (check for rule in RULES for check in rule(disclosure, book.vocabulary))
    return (*checks, *table_checks(disclosure, book))


def disagreements(checks: Iterable[Check], book: Book) -> Iterator[Finding]:
    """The checks that fail, as findings of the severity ``FIGURE``."""
    for check in checks:
        if not check.agrees:
            found = problem(
                check.rule,
                check.place.span,
                item_zh=_item(check, book, "zh"),
                item_en=_item(check, book, "en"),
                printed_zh=check.printed.figure.printed,
                printed_en=_printed(check.printed.figure),
                computed=plain(check.computed),
                difference=plain(check.difference),
                unit_zh=unit_name(check.unit, "zh"),
                unit_en=unit_name(check.unit, "en"),
            )
            yield Finding(found, check.place, check)


def _printed(figure: Figure) -> str:
    """A figure for an English message: without the words of a printed target (``146 万元``)."""
    return figure.printed if parse_decimal(figure.printed) is not None else plain(figure.number)


def _item(check: Check, book: Book, lang: Lang) -> str:
    if check.item is None:
        return ""
    if isinstance(check.item, Bilingual):
        return check.item[lang]
    kind, text = check.item
    if lang == "zh":
        return text
    if kind in ("project", "text"):
        return book.catalogue.find(text, check.place.project) or text
    word = book.vocabulary.find(kind, text)
    return word.en if word else text


def _known(*figures: Figure | None) -> bool:
    return all(figure is not None and figure.value is not None for figure in figures)


def _term(label: Label, figure: Figure | None) -> Term | None:
    return Term(label, figure) if figure is not None else None


def _said(key: str) -> Label:
    return ("interface", key)


def revenue_sources(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A401: total revenue = sum of its sources."""
    if budget := disclosure.budget:
        yield from _sum(
            "A401",
            disclosure.place("budget.yml", ("revenue", "total")),
            budget.unit,
            _term(_said("key.revenue"), budget.revenue.total),
            (Term(("revenue_source", k), f) for k, f in budget.revenue.sources.items()),
        )


def revenue_expenditure(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A402: total revenue = total expenditure (the budget is balanced as a whole)."""
    budget = disclosure.budget
    if budget and _known(budget.revenue.total, budget.expenditure.total):
        yield from _sum(
            "A402",
            disclosure.place("budget.yml", ("revenue", "total")),
            budget.unit,
            _term(_said("key.revenue"), budget.revenue.total),
            (_term(_said("key.expenditure"), budget.expenditure.total),),
        )


def expenditure_kinds(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A403, A404: expenditure = basic + projects; basic = personnel + non-personnel.

    A416 takes the place of A403 where the total includes what is carried forward.
    """
    if not (budget := disclosure.budget):
        return
    spent = budget.expenditure
    if _known(spent.basic, spent.projects):
        yield from _sum(
            "A403" if spent.carried_forward is None else "A416",
            disclosure.place("budget.yml", ("expenditure", "total")),
            budget.unit,
            _term(_said("expenditure.total"), spent.total),
            (
                _term(_said("expenditure.basic"), spent.basic),
                _term(_said("expenditure.projects"), spent.projects),
                _term(_said("expenditure.carried_forward"), spent.carried_forward),
            ),
        )
    if _known(spent.personnel, spent.non_personnel):
        yield from _sum(
            "A404",
            disclosure.place("budget.yml", ("expenditure", "basic")),
            budget.unit,
            _term(_said("expenditure.basic"), spent.basic),
            (
                _term(_said("expenditure.personnel"), spent.personnel),
                _term(_said("expenditure.non_personnel"), spent.non_personnel),
            ),
        )


def project_total(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A408: project expenditure = sum of the project budgets."""
    if budget := disclosure.budget:
        yield from _sum(
            "A408",
            disclosure.place("budget.yml", ("expenditure", "projects")),
            budget.unit,
            _term(_said("expenditure.projects"), budget.expenditure.projects),
            (Term(("project", p.file.name), p.file.budget) for p in disclosure.projects),
        )


def highlights(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A409: a highlight = the projects it is said to stand for."""
    for index, highlight in enumerate(disclosure.budget.highlights if disclosure.budget else ()):
        assert disclosure.budget is not None
        projects = [disclosure.project(code).file for code in highlight.projects]
        yield from _sum(
            "A409",
            disclosure.place("budget.yml", ("highlights", index, "amount")),
            disclosure.budget.unit,
            Term(("text", highlight.name), highlight.amount),
            (Term(("project", project.name), project.budget) for project in projects),
            item=("text", highlight.name),
        )


def change(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A411: the change in total = the changes in basic and project expenditure."""
    budget = disclosure.budget
    if budget and budget.change and _known(budget.change.basic, budget.change.projects):
        yield from _sum(
            "A411",
            disclosure.place("budget.yml", ("change", "total")),
            budget.unit,
            _term(_said("summary.change.total"), budget.change.total),
            (
                _term(_said("expenditure.basic"), budget.change.basic),
                _term(_said("expenditure.projects"), budget.change.projects),
            ),
        )


def agency_operating(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A405: agency operating expenses = sum of their items."""
    budget = disclosure.budget
    if budget and budget.agency_operating:
        yield from _sum(
            "A405",
            disclosure.place("budget.yml", ("agency_operating", "total")),
            budget.unit,
            _term(_said("key.operating"), budget.agency_operating.total),
            (
                Term(("operating_item", label), figure)
                for label, figure in budget.agency_operating.items.items()
            ),
        )


def three_public(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A406, A407: “three public” expenses = their items; an item = its own parts."""
    budget = disclosure.budget
    if not budget or not budget.three_public:
        return
    items = [
        (vocabulary.word("three_public_item", label), Term(("three_public_item", label), figure))
        for label, figure in budget.three_public.items.items()
    ]
    counted = {word.id for word, term in items if term.figure.value is not None}
    yield from _sum(
        "A406",
        disclosure.place("budget.yml", ("three_public", "total")),
        budget.unit,
        _term(_said("key.three_public"), budget.three_public.total),
        (term for word, term in items if word.parent not in counted),
    )
    for word, term in items:
        yield from _sum(
            "A407",
            disclosure.place("budget.yml", ("three_public", "items", term.label[1])),
            budget.unit,
            term,
            (part for child, part in items if child.parent == word.id),
            item=term.label,
        )


def hospitality(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A414: official hospitality is the same among operating and “three public” expenses."""
    budget = disclosure.budget
    if not budget or not budget.agency_operating or not budget.three_public:
        return
    both: list[Term] = []
    for kind, items in (
        ("operating_item", budget.agency_operating.items),
        ("three_public_item", budget.three_public.items),
    ):
        both += [
            Term((kind, label), figure)
            for label, figure in items.items()
            if (word := vocabulary.find(kind, label)) and word.id == "hospitality"
        ]
    if len(both) == 2:
        yield from _sum(
            "A414",
            disclosure.place("budget.yml", ("agency_operating", "items", both[0].label[1])),
            budget.unit,
            both[0],
            both[1:],
        )


def project_sources(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A410: a project's budget = sum of its sources."""
    if not (budget := disclosure.budget):
        return
    for project in disclosure.projects:
        yield from _sum(
            "A410",
            disclosure.place(f"projects/{project.code}.yml", ("budget",)),
            budget.unit,
            _term(_said("project.budget"), project.file.budget),
            (Term(("fund_source", k), f) for k, f in project.file.sources.items()),
            item=("project", project.file.name),
        )


def cost_indicators(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A415: an amount of money among a project's cost indicators = the project's budget."""
    if not (budget := disclosure.budget):
        return
    for project in disclosure.projects:
        for label, indicators in project.file.indicators.items():
            if vocabulary.word("indicator_kind", label).id != "cost":
                continue
            for index, indicator in enumerate(indicators):
                target = parse_target(indicator.target, vocabulary)
                unit = target.unit.zh if target and target.unit else ""
                if target is None or unit not in YUAN_PER:
                    continue
                path = ("indicators", label, index, "target")
                place = disclosure.place(f"projects/{project.code}.yml", path)
                value = target.number * YUAN_PER[unit] / YUAN_PER[budget.unit]
                yield from _sum(
                    "A415",
                    place,
                    budget.unit,
                    Term(("text", indicator.name), Figure(indicator.target, value)),
                    (Term(_said("project.budget"), project.file.budget),),
                    item=("project", project.file.name),
                )


def assets(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Check]:
    """A412, A413: fixed assets = total of the table = sum of its items."""
    file = disclosure.assets
    if not file or not file.table:
        return
    rows = [
        (vocabulary.word("asset_item", row.item), row, index)
        for index, row in enumerate(file.table.rows)
    ]
    totals = [each for each in rows if each[0].id == "total"]
    if len(totals) != 1:
        return
    counted = {word.id for word, row, _ in rows if row.value and row.value.value is not None}
    total = Term(("asset_item", totals[0][1].item), totals[0][1].value or Figure(""))
    yield from _sum(
        "A412",
        disclosure.place("assets.yml", ("fixed_assets",)),
        file.unit,
        _term(_said("assets.fixed"), file.fixed_assets),
        (total,),
    )
    yield from _sum(
        "A413",
        disclosure.place("assets.yml", ("table", "rows", totals[0][2], "value")),
        file.unit,
        total,
        (
            _term(("asset_item", row.item), row.value)
            for word, row, _ in rows
            if word.id != "total" and word.parent not in counted
        ),
    )


RULES: tuple[Rule, ...] = (
    revenue_sources,
    revenue_expenditure,
    expenditure_kinds,
    project_total,
    highlights,
    change,
    agency_operating,
    three_public,
    hospitality,
    project_sources,
    cost_indicators,
    assets,
)
