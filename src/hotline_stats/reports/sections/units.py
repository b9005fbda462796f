"""承办单位: which units lie outside of what is expected of them, as funnel plots."""

from hotline_stats.model import names
from hotline_stats.reports.document import Figure
from hotline_stats.reports.matter import Matter


def blocks(matter: Matter) -> list[Figure]:
    """A chart for each rate by unit that the results hold; empty where too few units can be told apart."""
    found, words = matter.results.units, matter.words
    out: list[Figure] = []
    for figure in found.total.figures if found is not None else ():
        name = names.figure(figure.id, words.lang)
        out += matter.figure(f"funnel_{figure.id}", words.say("figure-funnel", name=name))
    return out
