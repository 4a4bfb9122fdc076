import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.sampling import draw, error_rate

URNS = st.lists(
    st.tuples(st.text(min_size=1, max_size=6), st.sampled_from("ABCD")),
    unique_by=lambda one: one[0],
    max_size=60,
)


@given(URNS, st.text(max_size=10), st.integers(0, 70), st.randoms())
def test_the_seed_alone_decides(urn: list[tuple[str, str]], seed: str, size: int, random: object) -> None:
    shuffled = list(urn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(shuffled, seed, size) == draw(urn, seed, size)


@given(URNS, st.text(max_size=10), st.integers(0, 70))
def test_as_many_as_asked_for_each_once_and_each_stratum_near_its_share(
    urn: list[tuple[str, str]], seed: str, size: int
) -> None:
    drawn = draw(urn, seed, size)
    assert len(drawn) == min(size, len(urn))
    assert len({one.key for one in drawn}) == len(drawn)
    assert {(one.key, one.stratum) for one in drawn} <= set(urn)
    for stratum in {stratum for _key, stratum in urn}:
        got = sum(one.stratum == stratum for one in drawn)
        whole = sum(name == stratum for _key, name in urn)
        share = whole * len(drawn) / len(urn)
        strata = len({name for _key, name in urn})
        assert got >= (1 if len(drawn) >= strata else 0)
        assert abs(got - share) < strata
        assert got <= whole


def test_another_seed_draws_another_sample() -> None:
    urn = [(str(number), "A") for number in range(200)]
    assert draw(urn, "17 November", 20) != draw(urn, "18 November", 20)


@pytest.mark.parametrize(
    ("failed", "checked", "low", "high"),
    # Wilson's intervals as printed in tables of the method.
    [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 50, 0.0435, 0.2136), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_that_of_wilson(failed: int, checked: int, low: float, high: float) -> None:
    rate = error_rate([False] * failed + [True] * (checked - failed) + [None] * 7)
    assert rate is not None
    assert (rate.failed, rate.checked) == (failed, checked)
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)


def test_without_an_answer_there_is_no_rate() -> None:
    assert error_rate([None, None]) is None
