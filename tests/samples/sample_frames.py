"""The sample files read with plain pandas, nothing of the package's own reader."""

from pathlib import Path

import pandas as pd

FILES = {  # name: encoding, rows above the header
    "tickets_2023H1.csv": ("gb18030", 2),
    "tickets_2023H2.csv": ("utf-8-sig", 0),
    "tickets_2024H1.csv": ("gb18030", 1),
    "tickets_2024H2.csv": ("utf-8", 0),
}
NAMES = {
    "工单编号": "id", "工单号": "id", "受理时间": "accepted", "处理截止时间": "due", "办结期限": "due",
    "办结时间": "closed", "结案时间": "closed", "工单类型": "request", "诉求类型": "request", "标题": "title",
    "诉求标题": "title", "内容描述": "content", "诉求内容": "content", "居村": "community", "居委会": "community",
    "小区": "estate", "小区名称": "estate", "承办单位": "unit", "主办单位": "unit", "先行联系": "contacted",
    "结案评判": "resolved", "解决情况": "resolved", "满意度": "satisfaction", "市民满意度": "satisfaction",
    "重复工单号": "repeat_of", "片区": "station", "责任网格": "grid",
}  # fmt: skip
MISSING = ("", "-", "None", "未评价")
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日%H时%M分")
WEIGHTS = {"满意": 1.0, "基本满意": 0.8, "一般": 0.6, "不满意": 0.0}
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def raw(directory: Path) -> pd.DataFrame:
    """Every row of every export, as text, in order of the files."""
    frames = []
    for name, (encoding, above) in FILES.items():
        path = directory / "exports" / name
        frame = pd.read_csv(path, encoding=encoding, skiprows=above, dtype=str, keep_default_na=False)
        frames.append(frame.rename(columns=NAMES)[list(dict.fromkeys(NAMES.values()))].assign(file=name))
    return pd.concat(frames, ignore_index=True)


def times(text: pd.Series) -> pd.Series:
    """Times in any of the three forms; NaT where missing."""
    out = pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    for form in FORMS:
        out = out.fillna(pd.to_datetime(text, format=form, errors="coerce").astype("datetime64[s]"))
    return out


def tickets(directory: Path) -> pd.DataFrame:
    """One row a distinct ticket: totals and reminders left out, the last row of an id kept, types joined."""
    rows = raw(directory)
    rows = rows[(rows["id"] != "合计") & (rows["request"] != "催单")].drop_duplicates("id", keep="last")
    rows = rows.assign(**{c: times(rows[c]) for c in ("accepted", "due", "closed")})
    return rows.merge(truth(directory)[["ticket_id", "type_primary"]], left_on="id", right_on="ticket_id")


def truth(directory: Path) -> pd.DataFrame:
    return pd.read_csv(directory / "truth.csv", dtype=str, keep_default_na=False)
