"""What was found in a draft as aligned text, Markdown, CSV or JSON."""

from hotline_stats.messages import Lang, text
from hotline_stats.model.verification import COLUMNS, Claim, Verification
from hotline_stats.reports.document import Table, TableColumn
from hotline_stats.reports.format import clean
from hotline_stats.reports.plain import aligned
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.renderers.markdown import md_table, md_text
from hotline_stats.reports.sheets import Format


def render(found: Verification, format: Format, lang: Lang) -> str:  # noqa: A002
    """The verification in one format, ending with a line break. The draft's own words are shown on one line each,
    without control characters, and never as markup or a formula.

    `csv`: columns COLUMNS, numbers unrounded. `json`: schema hotline-stats/verify/1.
    """
    if format == "json":
        return dumps(found.to_dict(lang))
    if format == "csv":
        return _csv(found, lang)
    said = summary(found, lang)
    remarks = found.remarks(lang)
    if not found.claims:
        parts = [text("claims", "none", lang), *remarks]
    elif format == "md":
        parts = [md_text(said), md_table(_table(found, lang), lang), *(f"- {md_text(r)}" for r in remarks)]
    else:
        parts = [said, aligned(_table(found, lang), lang), *remarks]
    return "\n\n".join(parts) + "\n"


def summary(found: Verification, lang: Lang) -> str:
    facts = {k.replace("-", "_"): n for k, n in found.counts.items()}
    return text("claims", "summary", lang, n=len(found.claims), **facts)


def _table(found: Verification, lang: Lang) -> Table:
    keys = (found.unit, "characters", "verdict", "claim", "tested", "why")
    columns = tuple(
        TableColumn(k, text("claims", f"head-{k}", lang), "count" if k == found.unit else "text")
        for k in keys
    )
    rows = tuple(
        (
            c.paragraph,
            f"{c.start + 1}–{c.end}",
            text("claims", f"verdict-{c.verdict}", lang),
            clean(c.text),
            _tested(c, lang),
            c.explanation(lang, found.types),
        )
        for c in found.claims
    )
    return Table("verify", 0, "", columns, rows)


def _tested(claim: Claim, lang: Lang) -> str:
    """The tests that decided, each once."""
    names = dict.fromkeys(t.test for t in claim.tests if t.verdict == claim.verdict)
    return text("claims", "list", lang).join(text("claims", f"test-{name}", lang) for name in names)


def _csv(found: Verification, lang: Lang) -> str:
    frame = found.to_pandas(lang).astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return csv_text(
        COLUMNS, ({str(k): clean(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows)
    )
