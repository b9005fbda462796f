"""A draft from its text to what was found in it."""

from pathlib import Path

from hotline_stats.claims import draft as drafts
from hotline_stats.claims.check import judged, place_of
from hotline_stats.messages import catalogue
from hotline_stats.model.types import TypeScheme
from hotline_stats.model.verification import Claim, Verification

_FIGURE = "figure-"


def verify(given: str | Path, scheme: TypeScheme) -> Verification:
    """The claims of a draft (see draft.read), each tested by what the draft itself says."""
    draft = drafts.read(given)
    claims = []
    names = figure_names()
    for number, text in draft.paragraphs:
        for found in judged(text, scheme, names):
            start, end = place_of(found)
            claims.append(Claim(number, start, end, text[start:end], found.tests))
    notes = (("footnotes-left-out", draft.footnotes),) if draft.footnotes else ()
    return Verification(tuple(claims), draft.name, draft.unit, notes=notes)


def figure_names() -> tuple[tuple[str, str], ...]:
    """(name, id) of the service figures in both languages."""
    found = {k.removeprefix(_FIGURE): v for k, v in catalogue("names").items() if k.startswith(_FIGURE)}
    return tuple((str(v[lang]), key) for key, v in found.items() for lang in ("zh", "en"))
