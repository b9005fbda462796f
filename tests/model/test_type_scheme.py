"""Types and groups: unique ids, `other` last, masks and names."""

import pytest

from hotline_stats.model.types import MAX_TYPES, Group, ProblemType, TypeScheme

NOISE, LIFT, OTHER = (
    ProblemType("noise", "噪声扰民", "noise"),
    ProblemType("lift", "加梯难", "lifts"),
    ProblemType("other", "其他", "other"),
)
SCHEME = TypeScheme("t", "1", (NOISE, LIFT, OTHER), (Group("two", "两类", "two types", ("noise", "lift")),))


def test_ids_bits_and_names() -> None:
    assert SCHEME.ids == ("noise", "lift", "other")
    assert SCHEME.bits(["noise"]) == 1
    assert SCHEME.bits(["other", "noise"]) == 5
    assert SCHEME.bits([]) == 0
    assert SCHEME.name("lift", "zh") == "加梯难"
    assert SCHEME.name("two", "en") == "two types"
    assert SCHEME.name("某街道", "en") == "某街道"
    assert SCHEME.group("two").types == ("noise", "lift")


@pytest.mark.parametrize(
    "types",
    [
        (OTHER, NOISE),
        (NOISE, NOISE, OTHER),
        (NOISE, LIFT),
        (*(ProblemType(f"t{i}", "", "") for i in range(MAX_TYPES)), OTHER),
    ],
)
def test_wrong_types_are_refused(types: tuple[ProblemType, ...]) -> None:
    with pytest.raises(ValueError, match="unique"):
        TypeScheme("t", "1", types, ())


def test_a_group_of_unknown_types_is_refused() -> None:
    with pytest.raises(ValueError, match="fumes"):
        TypeScheme("t", "1", (NOISE, OTHER), (Group("g", "", "", ("noise", "fumes")),))


def test_the_last_label_bit_fits_a_signed_integer() -> None:
    types = (*(ProblemType(f"t{i}", "", "") for i in range(MAX_TYPES - 1)), OTHER)
    assert TypeScheme("t", "1", types, ()).bits(["other"]) < 2**63
