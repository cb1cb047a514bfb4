"""A Python recipe as people write it with sumy, beside which ours is measured: read, summarize row by row, write.

``python sumy_recipe.py TEXTS.csv SUMMARIES.csv METHOD N_SENTENCES``
"""

from __future__ import annotations

import sys

import pandas as pd
import sumy_package


def main() -> None:
    """Add the column ``summary`` to a table with the column ``text``."""
    source, target, method, n_sentences = sys.argv[1:]
    rows = pd.read_csv(source)
    rows["summary"] = [" ".join(sumy_package.summary_of(text, method, int(n_sentences))) for text in rows["text"]]
    rows.to_csv(target, index=False)


if __name__ == "__main__":
    main()
