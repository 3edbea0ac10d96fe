"""Do procurement (part eight) and assets (part nine) add up? (A412, A413, A426-A428)"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.book import Book, Disclosure
from disclosure.model.fields import Figure
from disclosure.rules.budget_sums import known, said
from disclosure.rules.check import Check, Label, Term, sum_of

_KINDS = ("goods", "works", "services")
_FUNDS = (
    "general_public_budget",
    "government_funds",
    "state_capital",
    "special_fiscal_account",
    "unit_funds",
)


def procurement_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """A426, A427: procurement = goods + works + services = its rows. A428: a row = its funds.

    Government procurement is of goods, works or services (Government Procurement Law, art. 2).
    """
    if (file := disclosure.procurement) is None:
        return

    def term(label: Label, figure: Figure | None, *path: str | int) -> Term | None:
        if figure is None:
            return None
        return Term(label, figure, disclosure.place("procurement.yml", path))

    total = term(said("procurement.total"), file.total, "total")
    kinds = [term(said(f"procurement.{kind}"), getattr(file, kind), kind) for kind in _KINDS]
    rows = [
        term(("text", row.item), row.total, "rows", index, "total")
        for index, row in enumerate(file.rows)
    ]
    if total is not None and total.place is not None:
        if known(*kinds):
            yield from sum_of("A426", total.place, file.unit, total, kinds)
        yield from sum_of("A427", total.place, file.unit, total, rows)
    for index, (row, printed) in enumerate(zip(file.rows, rows, strict=True)):
        funds = [
            term(said(f"procurement.{fund}"), getattr(row, fund), "rows", index, fund)
            for fund in _FUNDS
        ]
        # A row that leaves a fund out does not say whether its total covers it.
        if printed is not None and printed.place is not None and None not in funds:
            item = ("text", row.item)
            yield from sum_of("A428", printed.place, file.unit, printed, funds, item)


def asset_checks(disclosure: Disclosure, book: Book) -> Iterator[Check]:
    """A412, A413: fixed assets = total of the table = sum of its items."""
    file = disclosure.assets
    if not file or not file.table:
        return
    rows = [
        (
            book.vocabulary.word("asset_item", row.item),
            Term(
                ("asset_item", row.item),
                row.value or Figure(""),
                disclosure.place("assets.yml", ("table", "rows", index, "value")),
            ),
        )
        for index, row in enumerate(file.table.rows)
    ]
    totals = [term for word, term in rows if word.id == "total"]
    if len(totals) != 1:
        return
    counted = {word.id for word, term in rows if term.figure.value is not None}
    place = disclosure.place("assets.yml", ("fixed_assets",))
    if file.fixed_assets is not None:
        fixed = Term(said("assets.fixed"), file.fixed_assets, place)
        yield from sum_of("A412", place, file.unit, fixed, totals)
    (total,) = totals
    assert total.place is not None
    parts = (term for word, term in rows if word.id != "total" and word.parent not in counted)
    yield from sum_of("A413", total.place, file.unit, total, parts)
