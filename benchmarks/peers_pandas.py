"""The same question in pandas alone: FILE PHRASES.json → type, count last year, count this year."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd

file, phrases = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
tickets = pd.read_csv(file, usecols=["受理时间", "标题", "诉求内容"], dtype=str, keep_default_na=False)
text = tickets["标题"] + "\n" + tickets["诉求内容"]
found = [text.str.contains("|".join(map(re.escape, words))) for words in phrases.values()]
kind = np.select(found, list(phrases), "other")
print(pd.crosstab(kind, tickets["受理时间"].str[:4]))
