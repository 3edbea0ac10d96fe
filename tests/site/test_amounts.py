"""Every amount on the pages of this project's own site carries its exact value in yuan."""

from __future__ import annotations

from tests.site.amounts import switch_faults, unit_faults, value_faults
from tests.site.reading import Document

Pages = dict[str, Document]


def test_each_amount_has_the_value_that_it_shows(everything: Pages) -> None:
    assert [fault for page in everything.values() for fault in value_faults(page)] == []
    found = [each for page in everything.values() for each in page.root.all("data")]
    assert len(found) > 300
    assert {"38046500", "1123200", "0"} <= {each["value"] for each in found}


def test_no_other_figure_stands_below_the_name_of_a_unit(everything: Pages) -> None:
    assert [fault for page in everything.values() for fault in unit_faults(page)] == []


def test_another_unit_is_offered_where_there_are_amounts(everything: Pages) -> None:
    assert switch_faults(everything.values()) == []
    offering = [page for page in everything.values() if "data-units" in page.source]
    assert len(offering) > 40
