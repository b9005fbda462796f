"""What the tools for the rules found, as plain text."""

from functools import partial

from hotline_stats import numbers
from hotline_stats.cli import tables
from hotline_stats.messages import Lang, text
from hotline_stats.model.evaluation import MACRO_MIN, Evaluation
from hotline_stats.reports.format import clean

table = partial(tables.table, catalogue="quality")


def evaluation(found: Evaluation, lang: Lang) -> str:
    """The figures of all types together, by type, the confusion of types, and the worst mistakes."""
    parts = [*_summary(found, lang), "", _by_type(found, lang), "", text("quality", "confusion", lang)]
    parts += [_confusion(found, lang)]
    if found.mistakes:
        rows = [
            (
                m.line,
                found.types.name(m.true, lang),
                found.types.name(m.found, lang),
                f"{m.margin:.2f}",
                clean(text("check", "list", lang).join(m.evidence)),
                clean(m.excerpt),
            )
            for m in found.mistakes
        ]
        parts += ["", text("quality", "mistakes", lang, n=len(rows))]
        parts += [table(("line", "true", "found", "margin", "evidence", "text"), rows, lang, counts=(0,))]
    return "\n".join(parts)


def _summary(found: Evaluation, lang: Lang) -> list[str]:
    value, low, high = (_share(x, lang) for x in found.accuracy)
    facts = {
        "file": clean(found.file),
        "n": numbers.count(found.n, lang),
        "accuracy": value,
        "confidence": _share(found.confidence, lang),
        "low": low,
        "high": high,
        "macro": numbers.MISSING if found.macro_f1 is None else f"{found.macro_f1:.3f}",
        "least": MACRO_MIN,
    }
    out = [text("quality", "evaluated", lang, **facts)]
    if found.by_model:
        out.append(text("quality", "by-model", lang, n=numbers.count(found.by_model, lang)))
    if found.labels is not None:
        true, mine, right = found.labels
        out.append(
            text(
                "quality",
                "evaluated-labels",
                lang,
                true=true,
                found=mine,
                right=right,
                precision=_share(right / mine if mine else None, lang),
                recall=_share(right / true if true else None, lang),
                f1=_share(2 * right / (true + mine) if true + mine else None, lang),
            )
        )
    return out


def _by_type(found: Evaluation, lang: Lang) -> str:
    rows = [
        (
            found.types.name(r["key"], lang),
            r["true_n"],
            r["found_n"],
            r["right_n"],
            _share(r["precision"], lang),
            _between(r["precision_low"], r["precision_high"], lang),
            _share(r["recall"], lang),
            _between(r["recall_low"], r["recall_high"], lang),
            _share(r["f1"], lang),
        )
        for r in found.frame.to_dict("records")
        if r["true_n"] or r["found_n"]
    ]
    head = ("type", "true", "found", "right", "precision", "interval", "recall", "interval", "f1")
    return table(head, rows, lang, counts=(1, 2, 3))


def _confusion(found: Evaluation, lang: Lang) -> str:
    """A dot where nothing is."""
    matrix, ids = found.confusion, found.types.ids
    shown = [i for i in range(len(ids)) if matrix[i].sum() or matrix[:, i].sum()]
    lines = [
        (str(k), found.types.name(ids[i], lang), *(str(matrix[i, j] or "·") for j in shown))
        for k, i in enumerate(shown, 1)
    ]
    heads = (text("quality", "head-number", lang), text("quality", "head-true", lang))
    return tables.plain((*heads, *(str(k) for k in range(1, len(shown) + 1))), lines, lang)


def _share(x: float | None, lang: Lang) -> str:
    return numbers.percent(None if x is None else 100 * x, lang)


def _between(low: float, high: float, lang: Lang) -> str:
    return numbers.MISSING if low != low else f"{_share(low, lang)}–{_share(high, lang)}"
