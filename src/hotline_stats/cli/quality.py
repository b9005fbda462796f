"""What the tools for the rules found, as plain text."""

import csv
import io
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from hotline_stats import numbers
from hotline_stats.cli import tables
from hotline_stats.messages import Lang, text
from hotline_stats.model.evaluation import MACRO_MIN, Evaluation
from hotline_stats.quality import Coverage, Learned, Suggestions, TypesDiff
from hotline_stats.quality.learn import FOLDS
from hotline_stats.reports.format import cell_text, clean, unformula
from hotline_stats.taxonomy import Oddity

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
        "file": clean(found.sample.file),
        "n": numbers.count(found.n, lang),
        "accuracy": value,
        "confidence": _share(found.confidence, lang),
        "low": low,
        "high": high,
        "macro": numbers.MISSING if found.macro_f1 is None else f"{found.macro_f1:.3f}",
        "least": MACRO_MIN,
    }
    out = [text("quality", "evaluated", lang, **facts), *_sample(found, lang)]
    if found.read_n:
        read, decided = (numbers.count(n, lang) for n in (found.read_n, found.decided_n))
        out.append(text("quality", "second-reader", lang, read=read, decided=decided))
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


def _sample(found: Evaluation, lang: Lang) -> list[str]:
    """What tickets the figures hold for, how many labels they rest on, and which types have none."""
    declared = "sample-random" if found.sample.random else "sample-not-random"
    mark, n = text("check", "list", lang), found.true_n.tolist()
    names = {k: found.types.name(k, lang) for k in found.types.ids}
    few = [f"{names[k]} {m}" for k, m in zip(found.types.ids, n, strict=True) if 0 < m < MACRO_MIN]
    none = [names[k] for k, m in zip(found.types.ids, n, strict=True) if not m]
    out = [text("quality", declared, lang, sha256=found.sample.sha256[:12])]
    if few:
        out.append(text("quality", "sample-few", lang, least=MACRO_MIN, types=mark.join(few)))
    if none:
        out.append(text("quality", "sample-none", lang, types=mark.join(none)))
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


def learned(found: Learned, lang: Lang) -> str:
    """What the model was made from, and what it adds."""
    said = text(
        "quality",
        "learned",
        lang,
        n=numbers.count(found.n, lang),
        rules=_share(found.rules_share, lang),
        both=_share(found.both_share, lang),
        folds=FOLDS,
        kb=len(found.reader.raw) // 1024,
        sha256=found.reader.sha256[:12],
    )
    rows = [
        (found.scheme.name(t, lang), n, text("quality", f"learned-{'yes' if done else 'no'}", lang))
        for t, n, done in found.types
    ]
    return "\n".join([said, "", table(("type", "n", "learned"), rows, lang, counts=(1,))])


def oddities(found: Sequence[Oddity], lang: Lang) -> str:
    if not found:
        return text("quality", "lint-clean", lang)
    wrong = sum(o.wrong for o in found)
    rows = [
        (
            o.code,
            text("quality", "lint-at", lang, key=o.key, line=o.line or 0),
            clean(text("quality", f"lint-{o.code}", lang, **dict(o.facts))),
        )
        for o in found
    ]
    summary = text("quality", "lint-summary", lang, n=len(found), wrong=wrong, remarks=len(found) - wrong)
    return "\n".join([table(("code", "where", "what"), rows, lang), "", summary])


def coverage(found: Coverage, lang: Lang) -> str:
    """The share that has a type, by type, and what the others share."""
    said = text(
        "quality",
        "covered",
        lang,
        n=numbers.count(found.n, lang),
        typed=_share(found.typed_share, lang),
        silent=numbers.count(found.silent_n, lang),
    )
    heads = [
        text("quality", f"head-{c}", lang, doubt=found.doubt)
        for c in ("id", "type", "n", "share", "doubtful")
    ]
    rows = [
        (
            r["key"],
            found.scheme.name(r["key"], lang),
            numbers.count(r["n"], lang),
            numbers.percent(r["share_pct"], lang),
            numbers.count(r["doubtful_n"], lang),
        )
        for r in found.types.to_dict("records")
    ]
    parts = [said, "", tables.plain(heads, rows, lang), ""]
    if found.unmatched.empty:
        return "\n".join([*parts, text("quality", "no-unmatched", lang)])
    pieces = [
        (r["piece"], r["n"], numbers.percent(r["share_pct"], lang), numbers.percent(r["typed_pct"], lang))
        for r in found.unmatched.to_dict("records")
    ]
    parts += [
        text("quality", "unmatched", lang),
        table(("piece", "n", "share", "typed"), pieces, lang, counts=(1,)),
    ]
    return "\n".join(parts)


def suggestions(found: Suggestions, lang: Lang) -> str:
    if found.frame.empty:
        return text("quality", "no-suggestions", lang)
    rows = [
        (
            r["phrase"],
            found.scheme.name(r["type"], lang),
            r["silent_n"],
            r["doubtful_n"],
            r["sure_n"],
            _share(r["type_share"], lang),
            clean(text("check", "list", lang).join(r["rows"])),
        )
        for r in found.frame.to_dict("records")
    ]
    head = ("phrase", "type", "silent", "in-doubt", "sure", "of-type", "rows")
    return "\n".join([text("quality", "suggested", lang), "", table(head, rows, lang, counts=(2, 3, 4))])


def difference(found: TypesDiff, lang: Lang) -> str:
    """How many tickets change, from which type to which, and the year-over-year figures that do."""
    changed = len(found.tickets)
    said = text(
        "quality",
        "changed",
        lang,
        old=f"{found.old.scheme.id} {found.old.scheme.version}",
        new=f"{found.new.scheme.id} {found.new.scheme.version}",
        n=numbers.count(found.n, lang),
        changed=numbers.count(changed, lang),
        share=_share(changed / found.n, lang),
        labels=numbers.count(found.labels_n, lang),
    )
    if not changed:
        return said
    moves = [
        (found.name(r["old"], lang), found.name(r["new"], lang), r["n"])
        for r in found.moves.to_dict("records")
    ]
    parts = [said, "", text("quality", "moves", lang), table(("old", "new", "n"), moves, lang, counts=(2,))]
    figures = [_figure(found, r, lang) for r in found.figures.to_dict("records")]
    windows = found.comparisons[1].windows
    parts += ["", text("quality", "figures", lang, windows=f"{windows.period} / {windows.baseline}")]
    parts += [table(("type", "current", "baseline", "change", "verdict"), figures, lang)]
    return "\n".join(parts)


def _figure(found: TypesDiff, row: dict[Hashable, Any], lang: Lang) -> tuple[str, ...]:
    def both(name: str, form: Callable[[Any], str]) -> str:
        return " → ".join(
            numbers.MISSING if v is None or v != v else form(v)
            for v in (row[f"old_{name}"], row[f"new_{name}"])
        )

    count, percent = partial(numbers.count, lang=lang), partial(numbers.percent, lang=lang, signed=True)
    verdict = partial(cell_text, kind="verdict", lang=lang)
    return (
        found.name(str(row["key"]), lang),
        both("current", count),
        both("baseline", count),
        both("change_pct", percent),
        both("verdict", verdict),
    )


def changed_tickets(found: TypesDiff) -> str:
    """The tickets whose primary type changes, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found.tickets.columns)
    writer.writerows([unformula(str(cell)) for cell in row] for row in found.tickets.itertuples(index=False))
    return out.getvalue()
