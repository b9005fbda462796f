"""The same question in DuckDB alone: FILE PHRASES.json → type, count last year, count this year.

Like the other two peers it gives a ticket the first type of PHRASES.json (`{"type": ["phrase", …]}`, in order of
priority) that has a phrase in its text. No peer reads other encodings, checks rows, settles repeats, weighs phrases
or says whether a change is real.
"""

import json
import re
import sys
from pathlib import Path

import duckdb

file, phrases = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
kinds = " ".join(
    f"when regexp_matches(text, '{'|'.join(map(re.escape, p))}') then '{t}'" for t, p in phrases.items()
)
print(
    duckdb.sql(f"""
        with tickets as (
            select left(受理时间, 4) as year, 标题 || chr(10) || 诉求内容 as text
            from read_csv('{file}', all_varchar = true, header = true, quote = '"', escape = '"')
        )
        select case {kinds} else 'other' end as type,
            count(*) filter (year = '2023') as baseline, count(*) filter (year = '2024') as current
        from tickets group by 1 order by 1
    """)
)
