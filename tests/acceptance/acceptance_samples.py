"""The sample exports and their truth, read here with the standard library and pandas alone.

Nothing of the program reads a byte in this module: it is the other side of the comparison.
"""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
EXPORTS = SAMPLES / "exports"

COLUMNS = {
    "ticket_id": ("工单编号", "工单号"),
    "accepted_at": ("受理时间",),
    "dispatched_at": ("派单时间",),
    "due_at": ("处理截止时间", "办结期限"),
    "closed_at": ("办结时间", "结案时间"),
    "request_type": ("工单类型", "诉求类型"),
    "urgency": ("工单类别", "紧急程度"),
    "category_1": ("一级分类", "新一级分类"),
    "category_2": ("二级分类", "新二级分类"),
    "title": ("标题", "诉求标题"),
    "content": ("内容描述", "诉求内容"),
    "address": ("诉求地址", "发生地址"),
    "street": ("街镇",),
    "station": ("片区",),
    "grid": ("责任网格",),
    "community": ("居村", "居委会"),
    "estate": ("小区", "小区名称"),
    "unit": ("承办单位", "主办单位"),
    "channel": ("案件来源", "诉求渠道"),
    "contacted": ("先行联系",),
    "resolved": ("结案评判", "解决情况"),
    "satisfaction": ("满意度", "市民满意度"),
    "verified": ("事实认定",),
    "repeat_of": ("重复工单号",),
}
"""What the headers of the four files mean, by hand. 工单类别 holds 一般, 次紧急, 紧急: it is the urgency."""
NAMES = ("联系人", "来电人", "诉求联系人")
PHONES = ("联系电话", "来电号码")
MISSING = ("", "-", "None", "未评价")
REMINDER = "催单"
MEANING = {h: column for column, headers in COLUMNS.items() for h in headers} | dict.fromkeys(
    (*NAMES, *PHONES), "person"
)


@dataclass(frozen=True)
class RawFile:
    """An export as it stands: its header and rows, each row with the line it begins on."""

    name: str
    sha256: str
    size: int
    encoding: str
    header_line: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def cells(self, column: str) -> list[str]:
        at = [MEANING[h] for h in self.header].index(column)
        return [row[at] for _, row in self.rows]

    def under(self, headers: tuple[str, ...]) -> list[str]:
        """The cells under those of the headers that the file has."""
        places = [i for i, h in enumerate(self.header) if h in headers]
        return [row[i] for _, row in self.rows for i in places]


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its first bytes, else UTF-8 if it is that, else GB18030."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig"), "utf-8-sig"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


def read_export(path: Path) -> RawFile:
    data = path.read_bytes()
    text, encoding = decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""))
    lines, begins = [], 1
    for row in reader:
        lines.append((begins, tuple(row)))
        begins = reader.line_num + 1
    head = next(i for i, (_, row) in enumerate(lines) if "受理时间" in row)
    header_line, header = lines[head]
    rows = tuple(lines[head + 1 :])
    return RawFile(
        path.name, hashlib.sha256(data).hexdigest(), len(data), encoding, header_line, header, rows
    )


@cache
def raw_files() -> tuple[RawFile, ...]:
    return tuple(read_export(p) for p in sorted(EXPORTS.glob("*.csv")))


_MOMENT = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日? ?(\d{1,2})[:时](\d{1,2})(?::(\d{2})|分)?")


def moment(text: str) -> datetime | None:
    """2023/1/5 8:03, 2023-07-05 08:03:09 or 2023年7月5日8时3分; None for a missing value."""
    if text in MISSING:
        return None
    found = _MOMENT.fullmatch(text)
    assert found, f"a time of another form: {text}"
    return datetime(*(int(part or 0) for part in found.groups()))


@cache
def all_rows() -> pd.DataFrame:
    """Every row under the headers, with `fate`: total-row, reminder, duplicate-ticket, or kept.

    Of the rows of a ticket the one closed last is kept, an open one being the oldest; among equals the one
    in the later file, then the one further down.
    """
    parts = []
    for number, file in enumerate(raw_files()):
        columns = {c: file.cells(c) for c in COLUMNS if c in {MEANING.get(h) for h in file.header}}
        lines = [line for line, _ in file.rows]
        parts.append(pd.DataFrame({"file_no": number, "file": file.name, "line": lines, **columns}))
    rows = pd.concat(parts, ignore_index=True)
    rows["fate"] = "kept"
    rows.loc[rows["ticket_id"] == "合计", "fate"] = "total-row"
    rows.loc[rows["request_type"] == REMINDER, "fate"] = "reminder"
    dated = rows["fate"] == "kept"
    for name, column in (("accepted", "accepted_at"), ("due", "due_at"), ("closed", "closed_at")):
        rows[name] = pd.Series(
            [moment(text) if ok else None for text, ok in zip(rows[column], dated, strict=True)],
            dtype="datetime64[s]",
        )
    by_age = rows[dated].sort_values(["closed", "file_no", "line"], na_position="first", kind="stable")
    older = by_age.index[by_age.duplicated("ticket_id", keep="last")]
    rows.loc[older, "fate"] = "duplicate-ticket"
    return rows


@cache
def truth() -> pd.DataFrame:
    return pd.read_csv(SAMPLES / "truth.csv", dtype=str, keep_default_na=False, encoding="utf-8")


@cache
def tickets() -> pd.DataFrame:
    """One row a ticket, sorted by id: the values of the row that counts, and `type`, which only truth.csv knows.

    Categories are text, "" where missing; flags "true", "false" or "".
    """
    kept = all_rows().query("fate == 'kept'").sort_values("ticket_id", ignore_index=True)
    for column in ("satisfaction", "verified", "repeat_of", "contacted", "resolved"):
        kept[column] = kept[column].where(~kept[column].isin(MISSING), "")
    kept["contacted"] = kept["contacted"].map({"是": "true", "否": "false", "": ""})
    kept["resolved"] = kept["resolved"].map({"实际解决": "true", "解释说明": "false", "": ""})
    known = truth().set_index("ticket_id")["type_primary"]
    kept["type"] = kept["ticket_id"].map(known)
    return kept
