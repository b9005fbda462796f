"""数据质量: the account of the rows read, by file and in all, and what was found wrong."""

from hotline_stats import numbers
from hotline_stats.model.findings import FileIntake, finding_text, severity
from hotline_stats.reports.document import Block, CellKind, Heading, Notes, Paragraph, Table, TableColumn
from hotline_stats.reports.format import bare
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.words import Words

_ROWS = ("rows_in", "kept", "rejected", "duplicates")
_UNMAPPED_SHOWN = 20


def blocks(matter: Matter) -> list[Block]:
    words, intake = matter.words, matter.intake
    out: list[Block] = [Heading("quality", 1, words.say("section-quality")), Paragraph(account(matter))]
    if intake.files:
        out.append(_files(matter))
    if intake.codes:
        out.append(_findings(matter))
    else:
        out.append(Paragraph(words.say("quality-clean")))
    if intake.doubt.n:
        out.append(_doubt(matter))
    unmapped = [_unmapped(f, words) for f in intake.files if f.unmapped]
    if unmapped:
        out.append(Notes(tuple(unmapped)))
    return out


def account(matter: Matter) -> str:
    """Rows in = kept + rejected + duplicates, and where the rows kept went."""
    words, intake, windows = matter.words, matter.intake, matter.results.windows
    parts = {k: numbers.count(getattr(intake, k), words.lang) for k in _ROWS}
    sentences = [words.say("quality-sum", files=numbers.count(len(intake.files), words.lang), **parts)]
    sentences += _counts(matter)
    sentences += _doubtful(matter)
    current = int(matter.total["current"])
    baseline = int(matter.total["baseline"]) if windows.covered else 0
    outside = intake.kept - current - baseline
    if outside > 0 and not _overlap(matter):
        used = {"kept": intake.kept, "current": current, "baseline": baseline, "outside": outside}
        sentences.append(
            words.say("quality-used", **{k: numbers.count(v, words.lang) for k, v in used.items()})
        )
    return words.joined(sentences)


def _counts(matter: Matter) -> list[str]:
    """Tickets before and after repeats are settled, and reminders, which are no tickets."""
    words, intake = matter.words, matter.intake
    kept = "quality-net" if intake.dedupe == "newest" else "quality-not-settled"
    said = {kept: intake.duplicates + intake.codes.get("repeat-kept", 0)}
    said |= {"quality-reminders": intake.reminders} if intake.reminders else {}
    facts = {
        "raw": intake.raw,
        "net": intake.net,
        "repeats": intake.codes.get("repeat-kept", 0),
        "reminders": intake.reminders,
        "reminded": intake.reminded,
    }
    shown = {k: numbers.count(v, words.lang) for k, v in facts.items()}
    return [words.say(code, **shown) for code, n in said.items() if n]


def _doubtful(matter: Matter) -> list[str]:
    """How many tickets are in doubt, where it was asked from which margin on they are."""
    words, intake = matter.words, matter.intake
    if not intake.doubt.min_margin:
        return []
    share = numbers.percent(100 * intake.doubt.n / intake.kept if intake.kept else None, words.lang)
    kept, n = (numbers.count(x, words.lang) for x in (intake.kept, intake.doubt.n))
    return [
        words.say("quality-doubt", kept=kept, n=n, share=share, min_margin=f"{intake.doubt.min_margin:g}")
    ]


def _overlap(matter: Matter) -> bool:
    """Whether both windows share days, the baseline is a mean, days are left out, or tickets were selected: then the sum says
    nothing."""
    windows = matter.results.windows
    shared = windows.period.start <= windows.baseline.end and windows.baseline.start <= windows.period.end
    return shared or bool(windows.means or windows.left_out) or bool(matter.results.types.where)


def file_name(file: FileIntake, words: Words) -> str:
    name = words.name(bare(file.file))
    return words.say("sheet", file=name, sheet=file.sheet) if file.sheet else name


def _files(matter: Matter) -> Table:
    words, intake = matter.words, matter.intake
    total = words.say("total-rows")
    return Table(
        id="files",
        number=0,
        caption=words.say("table-files"),
        columns=(
            TableColumn("file", words.say("column-file"), "text"),
            TableColumn("encoding", words.say("column-encoding"), "text"),
            *(TableColumn(k, words.say(f"column-{k}"), "count") for k in _ROWS),
        ),
        rows=(
            *((file_name(f, words), f.encoding, *(getattr(f, k) for k in _ROWS)) for f in intake.files),
            (total, "", *(getattr(intake, k) for k in _ROWS)),
        ),
        total_row=True,
    )


def _findings(matter: Matter) -> Table:
    words = matter.words
    found = sorted(matter.intake.codes.items(), key=lambda item: (-item[1], item[0]))
    return Table(
        id="findings",
        number=0,
        caption=words.say("table-findings"),
        columns=(
            TableColumn("finding", words.say("column-finding"), "text"),
            TableColumn("effect", words.say("column-effect"), "text"),
            TableColumn("times", words.say("column-times"), "count"),
        ),
        rows=tuple(
            (finding_text(code, words.lang), words.say(f"effect-{severity(code)}"), n) for code, n in found
        ),
    )


def _doubt(matter: Matter) -> Table:
    words, types = matter.words, [r for r in matter.intake.doubt.types if r[1]]
    kinds: tuple[tuple[str, CellKind], ...] = (
        ("doubt_type", "text"), ("doubt_all", "count"), ("doubt_n", "count"), ("doubt_share", "rate"),
    )  # fmt: skip
    return Table(
        id="doubt",
        number=0,
        caption=words.say("table-doubt"),
        columns=tuple(TableColumn(k, words.say(f"column-{k}"), kind) for k, kind in kinds),
        rows=tuple((matter.results.scheme.name(t, words.lang), n, low, 100 * low / n) for t, low, n in types),
    )


def _unmapped(file: FileIntake, words: Words) -> str:
    shown = words.listed([words.name(h) for h in file.unmapped[:_UNMAPPED_SHOWN]])
    if len(file.unmapped) > _UNMAPPED_SHOWN:
        shown = words.say("unmapped-more", headers=shown, n=len(file.unmapped))
    return words.say("quality-unmapped", file=file_name(file, words), headers=shown)
