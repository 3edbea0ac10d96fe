"""JSON with indented lines is that of the standard library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.export.as_json import indented

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES)
@example({"预算": ["", 0, None, True, {}, [], ()], 'a"\\': {"\u2028\x7f\n": ({"b": [[1]]},)}})
def test_the_text_is_that_of_the_standard_library(tree: Any) -> None:
    assert indented(tree) == json.dumps(tree, ensure_ascii=False, indent=1)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        indented({"a": [object()]})
