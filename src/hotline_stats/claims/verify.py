"""A draft from its text to what was found in it."""

from hotline_stats.claims.book import Book
from hotline_stats.claims.check import judged, place_of
from hotline_stats.claims.draft import Draft
from hotline_stats.messages import catalogue
from hotline_stats.model.types import TypeScheme
from hotline_stats.model.verification import Claim, Verification

_FIGURE = "figure-"


def verify(draft: Draft, scheme: TypeScheme, book: Book | None = None) -> Verification:
    """The claims of a draft, each tested by what the draft itself says and, given a book of our numbers,
    by them."""
    claims = []
    names = figure_names()
    for number, text in draft.paragraphs:
        for found in judged(text, scheme, names, book):
            start, end = place_of(found)
            claims.append(Claim(number, start, end, text[start:end], found.tests))
    notes = (("footnotes-left-out", draft.footnotes),) if draft.footnotes else ()
    return Verification(tuple(claims), draft.name, draft.unit, book is not None, notes, scheme)


def figure_names() -> tuple[tuple[str, str], ...]:
    """(name, id) of the service figures in both languages."""
    found = {k.removeprefix(_FIGURE): v for k, v in catalogue("names").items() if k.startswith(_FIGURE)}
    return tuple((str(v[lang]), key) for key, v in found.items() for lang in ("zh", "en"))
