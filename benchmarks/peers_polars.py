"""The same question in Polars alone: FILE PHRASES.json → type, count last year, count this year."""

import json
import re
import sys
from pathlib import Path

import polars as pl

file, phrases = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
text = pl.concat_str("标题", "诉求内容", separator="\n", ignore_nulls=True)
kind = pl.lit("other")
for name, words in reversed(phrases.items()):
    kind = pl.when(text.str.contains("|".join(map(re.escape, words)))).then(pl.lit(name)).otherwise(kind)
year = pl.col("受理时间").str.head(4)
print(
    pl.scan_csv(file, infer_schema=False)
    .select(kind.alias("type"), year.alias("year"))
    .group_by("type")
    .agg(
        (pl.col("year") == "2023").sum().alias("baseline"), (pl.col("year") == "2024").sum().alias("current")
    )
    .sort("type")
    .collect(engine="streaming")
)
