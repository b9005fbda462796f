"""A mapping file for exports: what was understood of them, and in comments what was not."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.clean import understood
from hotline_stats.intake.export import Export
from hotline_stats.intake.headers import meanings, whole
from hotline_stats.intake.reading import Reading
from hotline_stats.intake.shapes import shape
from hotline_stats.messages import Lang, text
from hotline_stats.model.columns import BY_NAME, COLUMNS

OFTEN, SHORT, WORDS, CELLS, SHOWN = 5, 12, 12, 500, 8
"""A word is shown when it stands in so many rows and is so short, in a column with at most so many such words.
Of so many cells the shape is taken, and so many shapes are shown."""
_ORDER = {c.name: i for i, c in enumerate(COLUMNS)}
_DIGIT = re.compile(r"\d")
_TARGETS = {"flag": "true | false | none", "number": "true | false | none"}
_RATING = "satisfied | mostly_satisfied | neutral | dissatisfied | none"


@dataclass
class _Unread:
    """What was not understood in a column of some header."""

    header: str
    words: Counter[str] = field(default_factory=Counter)


def propose(exports: Sequence[Export], lang: Lang) -> str:
    """The text of a mapping file that reads `exports` as they were read.

    Comments list headers of no known meaning, words of flags and ratings that are not known (a word only when
    it cannot well be a person's, else its shape) and the shapes of times that are not understood.
    """
    reading = exports[0].header.reading if exports else Reading()
    unread = _unread(exports)
    tables = dict(reading.source)
    lines = [f"# {text('check', 'mapping-head', lang)}", ""]
    for key in ("timezone", "stamps", "only"):
        if key in tables:
            lines.append(f"{key} = {_value(tables[key])}")
    lines += ["", "[columns]", *_columns(exports, reading, lang)]
    lines += _table("dates", tables.get("dates"))
    lines += [f"# {line}" for line in _times(unread, lang)]
    for name in ("values", "aliases", "known"):
        within = tables.get(name, {})
        for column, words in within.items() if isinstance(within, Mapping) else ():
            lines += _table(f"{name}.{column}", words)
    lines += [f"# {line}" for line in _values(unread, lang)]
    return "\n".join(lines).rstrip("\n") + "\n"


def draft(names: Sequence[str], lang: Lang) -> str:
    """The text of a mapping file for an export whose headers have no known meaning."""
    lines = [f"# {text('check', 'mapping-head', lang)}", "", "[columns]"]
    lines += [f"# {text('check', 'mapping-unmapped', lang)}", *(f'# {_key(name)} = ""' for name in names)]
    return "\n".join(lines) + "\n"


def _columns(exports: Sequence[Export], reading: Reading, lang: Lang) -> Iterator[str]:
    """Headers that have a meaning, then those that have none, and those with one meaning here and one there."""
    given = reading.source.get("columns", {})
    named: dict[str, str] = dict(given) if isinstance(given, Mapping) else {}
    said = {whole(h) for h in named}
    found: dict[str, dict[str, str]] = {}
    for export in exports:
        for header, column in export.header.mapping:
            if whole(header) not in said:
                found.setdefault(whole(header), {}).setdefault(column, header)
    for header, column in named.items():
        yield f"{_key(header)} = {_value(column)}"
    single = [(c, h) for columns in found.values() if len(columns) == 1 for c, h in columns.items()]
    for column, header in sorted(single, key=lambda pair: _rank(pair[0], pair[1], reading)):
        yield f"{_key(header)} = {_value(column)}"
    for columns in (c for c in found.values() if len(c) > 1):
        yield f"# {_key(next(iter(columns.values())))} = {_value(' | '.join(sorted(columns)))}"
    headers = dict.fromkeys(h for e in exports for h in e.header.unmapped)
    strange = [h for h in headers if whole(h) not in found]
    if strange:
        yield f"# {text('check', 'mapping-unmapped', lang)}"
    for header in strange:
        yield f'# {_key(header)} = ""'


def _rank(column: str, header: str, reading: Reading) -> tuple[int, int]:
    """Headers of one column stand in the order in which the reader prefers them."""
    return _ORDER[column], next(rank for c, rank in meanings(header, reading) if c == column)


def _unread(exports: Sequence[Export]) -> dict[str, _Unread]:
    """By canonical column, the cells that are not what the column is for, by count."""
    out: dict[str, _Unread] = {}
    for export in exports:
        head = export.header
        wanted = [c for c in head.columns if c and BY_NAME[c].kind in ("time", "rating", *_TARGETS)]
        for raw in export.batches():
            for column in wanted:
                at = head.columns.index(column)
                cell = raw.cells.column(at)
                strange = cell.filter(pc.invert(understood(column, cell, head.reading)))
                if len(strange):
                    _count(out.setdefault(column, _Unread(head.cells[at])), strange, BY_NAME[column].kind)
    return out


def _count(into: _Unread, cells: pa.StringArray, kind: str) -> None:
    if kind == "time":
        into.words.update(shape(v) for v in cells[:CELLS].to_pylist())
        return
    for entry in pc.value_counts(pc.utf8_trim_whitespace(cells)).to_pylist():
        into.words[" ".join(entry["values"].split())] += entry["counts"]


def _times(unread: Mapping[str, _Unread], lang: Lang) -> Iterator[str]:
    for column, found in unread.items():
        often = [w for w, n in found.words.most_common(SHOWN) if n >= OFTEN]
        if BY_NAME[column].kind == "time" and often:
            shown = "  ".join(often)
            yield text("check", "mapping-times", lang, header=found.header, shapes=shown)
            yield f'[dates]  {column} = ["%m/%d/%Y %H:%M"]'


def _values(unread: Mapping[str, _Unread], lang: Lang) -> Iterator[str]:
    for column, found in unread.items():
        kind = BY_NAME[column].kind
        if kind == "time":
            continue
        plain = {w: n for w, n in found.words.items() if _shown(w, n)}
        if len(plain) > WORDS:
            plain = {}
        shapes: Counter[str] = Counter()
        for word in [w for w in found.words if w not in plain][:CELLS]:
            shapes[shape(word)] += found.words[word]
        yield text("check", "mapping-values", lang, header=found.header)
        yield f"[values.{column}]"
        for word, n in sorted(plain.items(), key=lambda entry: (-entry[1], entry[0])):
            yield f'{_key(word)} = ""  # {_TARGETS.get(kind, _RATING)} ({n})'
        for word, n in shapes.most_common(SHOWN):
            yield text("check", "mapping-shape", lang, shape=word, n=n)


def _shown(word: str, n: int) -> bool:
    """Whether a word may be shown: often seen, short and without a number, or a single digit."""
    code = len(word) == 1 and word.isascii() and word.isdigit()
    return code or (n >= OFTEN and len(word) <= SHORT and not _DIGIT.search(word))


def _table(name: str, entries: object) -> list[str]:
    """A table of a mapping file again; every key quoted."""
    if not isinstance(entries, Mapping) or not entries:
        return []
    return ["", f"[{name}]", *(f"{_key(k)} = {_value(v)}" for k, v in entries.items())]


def _key(header: str) -> str:
    return json.dumps(header, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_key(str(v)) for v in value)}]"
    return str(value).lower() if isinstance(value, bool) else _key(str(value))
