"""The dirt that real exports have is in the sample exports."""

import pandas as pd
import pytest
from sample_frames import FILES, FORMS, MISSING, SAMPLES, raw, tickets, times, truth

EXPORTS = SAMPLES / "exports"


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return raw(SAMPLES)


@pytest.fixture(scope="module")
def real(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["id"] != "合计") & (rows["request"] != "催单")]


def test_encodings_line_ends_and_sizes() -> None:
    data = {name: (EXPORTS / name).read_bytes() for name in FILES}
    assert data["tickets_2023H2.csv"].startswith(b"\xef\xbb\xbf")
    for name in ("tickets_2023H1.csv", "tickets_2024H1.csv"):
        with pytest.raises(UnicodeDecodeError):
            data[name].decode("utf-8")
        with pytest.raises(UnicodeDecodeError):  # Excel's GBK is not enough
            data[name].decode("gbk")
    assert [name for name in FILES if b"\r\n" in data[name]] == list(FILES)[:3]
    assert all(len(d) < 2_500_000 for d in data.values())


def test_rows_above_the_header_and_totals_below(rows: pd.DataFrame) -> None:
    first = (EXPORTS / "tickets_2023H1.csv").read_text("gb18030").splitlines()
    assert first[0].startswith("示例街道12345热线工单明细") and first[2].startswith("工单编号,")
    assert rows.loc[rows["id"] == "合计", "file"].tolist() == ["tickets_2023H1.csv", "tickets_2024H1.csv"]


def test_headers_differ_between_files() -> None:
    headers = [
        (EXPORTS / name).read_text(encoding).splitlines()[above] for name, (encoding, above) in FILES.items()
    ]
    assert len(set(headers)) == 4


def test_one_to_two_percent_of_tickets_stand_in_two_files(real: pd.DataFrame) -> None:
    files = real.groupby("id")["file"].nunique()
    assert 0.01 <= (files > 1).mean() <= 0.02


def test_the_later_row_knows_more(real: pd.DataFrame) -> None:
    repeated = real[real.duplicated("id", keep=False)]
    first, last = repeated.drop_duplicates("id"), repeated.drop_duplicates("id", keep="last")
    opened = first["closed"].isin(MISSING)
    assert not last["closed"].isin(MISSING).any()
    assert opened.sum() > 50
    unrated = first[~opened.to_numpy()]
    assert unrated["satisfaction"].isin(MISSING).all()
    assert not last.set_index("id").loc[unrated["id"], "satisfaction"].isin(MISSING).any()


def test_some_tickets_stand_twice_in_one_file(real: pd.DataFrame) -> None:
    twice = real[real.duplicated(["file", "id"])]
    assert twice.groupby("file").size().between(3, 15).all()
    assert twice["file"].nunique() == 4


def test_reminders_name_a_ticket(rows: pd.DataFrame) -> None:
    reminders = rows[rows["request"] == "催单"]
    ids = set(truth(SAMPLES)["ticket_id"])
    assert len(reminders) > 60
    assert reminders["id"].is_unique and not set(reminders["id"]) & ids
    assert set(reminders["repeat_of"]) <= ids


def test_three_forms_of_times_one_file_with_all(real: pd.DataFrame) -> None:
    def forms(file: str) -> set[str]:
        text = real.loc[real["file"] == file, "accepted"]
        return {f for f in FORMS if pd.to_datetime(text, format=f, errors="coerce").notna().any()}

    assert [len(forms(name)) for name in FILES] == [1, 2, 2, 3]
    assert times(real["accepted"]).notna().all()


def test_missing_values_have_many_names(real: pd.DataFrame) -> None:
    seen = set(real["closed"]) | set(real["satisfaction"]) | set(real["repeat_of"])
    assert set(MISSING) <= seen


def test_late_and_open_tickets() -> None:
    rows = tickets(SAMPLES)
    still = rows[rows["closed"].isna()]
    assert 10 <= len(still) <= 150
    assert (still["due"] < "2024-12-31").sum() >= 5
    assert (rows["closed"] > rows["due"]).sum() > 200
    assert (rows["closed"].dropna() >= rows.loc[rows["closed"].notna(), "accepted"]).all()


def test_texts_are_all_different_and_dirty(real: pd.DataFrame) -> None:
    last = real.drop_duplicates("id", keep="last")
    assert not last.duplicated(["title", "content"]).any()
    content = last["content"]
    for found in ("\n", ",", '"', "部门答复：", "信息保密", "市民来电反映", "不是违建", "<script>", "[/x]"):
        assert content.str.contains(found, regex=False).any(), found
    assert last["title"].str.startswith("=1+1").any()
    for column in ("community", "estate", "unit"):
        assert not last[column].str.contains(r"[<=\[{]").any()


def test_personal_columns_hold_numbers_that_no_operator_has() -> None:
    frame = pd.read_csv(EXPORTS / "tickets_2024H2.csv", dtype=str, keep_default_na=False)
    assert frame["联系电话"].str.fullmatch(r"1540000\d{4}").all()
    assert frame["联系人"].str.fullmatch(r".(某|某某|女士|先生|老师)").all()
