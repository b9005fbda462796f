"""The classifier gives every sample ticket the type its author meant."""

import pyarrow as pa
import pytest
from sample_frames import SAMPLES, tickets

from hotline_stats.samples.source import estates, kinds, table
from hotline_stats.taxonomy import classify, load


@pytest.fixture(scope="module")
def taxonomy():
    return load("wujiaochang")


def test_every_ticket_is_typed_as_meant(taxonomy) -> None:
    rows = tickets(SAMPLES)
    found = classify(taxonomy, pa.array(rows["title"], pa.string()), pa.array(rows["content"], pa.string()))
    ids = taxonomy.scheme.ids
    wrong = [
        f"{true} read as {ids[i]}: {title} | {content}"
        for true, i, title, content in zip(
            rows["type_primary"], found.primary, rows["title"], rows["content"], strict=True
        )
        if ids[i] != true
    ]
    assert not wrong, "\n".join([f"{len(wrong)} tickets", *wrong[:20]])


def test_all_types_are_sampled(taxonomy) -> None:
    assert {k.id for k in kinds()} == set(taxonomy.scheme.ids)
    for kind in kinds():
        assert len(table(f"texts/{kind.id}")["cores"]) >= 25, kind.id


def test_names_of_places_and_units_say_nothing_of_a_type(taxonomy) -> None:
    names = sorted(
        {e.name for e in estates()} | {e.community for e in estates()} | set(table("places")["roads"])
    )
    found = classify(taxonomy, pa.array(names), pa.array([None] * len(names), pa.string()))
    assert [n for n, i in zip(names, found.primary, strict=True) if taxonomy.scheme.ids[i] != "other"] == []


def test_the_small_taxonomy_reads_nearly_all_tickets() -> None:
    """It has a tenth of the phrases; what its types do not take is meant as `other`."""
    small = load("community_8")
    ids, rows = small.scheme.ids, tickets(SAMPLES)
    found = classify(small, pa.array(rows["title"], pa.string()), pa.array(rows["content"], pa.string()))
    true = rows["type_primary"].where(rows["type_primary"].isin(ids), "other")
    right = (
        true.to_numpy() == pa.array(ids).take(pa.array(found.primary)).to_numpy(zero_copy_only=False)
    ).mean()
    assert right > 0.99
