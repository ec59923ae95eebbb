"""The bounded cache of rendered pages."""

from functools import partial

from guides.reading.pages.memo import Memo


def computed(memo: Memo[str, str], keys: str) -> str:
    """Return the keys whose values had to be computed."""
    made: list[str] = []

    def compute(key: str) -> str:
        made.append(key)
        return key.upper()

    assert [memo.get(key, partial(compute, key)) for key in keys] == [key.upper() for key in keys]
    return "".join(made)


def test_a_value_is_computed_once() -> None:
    assert computed(Memo(2), "abab") == "ab"


def test_the_value_unused_for_longest_goes_first() -> None:
    assert computed(Memo(2), "abacab") == "abcb"


def test_a_memo_of_size_zero_stores_nothing() -> None:
    assert computed(Memo(0), "aa") == "aa"
