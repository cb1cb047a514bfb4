"""A small project built by the recipes themselves, with all the webapp can show: dates, groups, two models, edits.

Its texts speak of four themes in words of their own; the theme of each is known, and how often it comes by year and
by product is fixed: oranges in the first year, ships for product A alone.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from local_dss.command_line import main

THEMES = {
    "fruit": "orange apple lemon peach melon juice orchard harvest ripe sweet basket pear",
    "ships": "harbour sailor anchor captain vessel cargo deck mast voyage storm crew island",
    "music": "violin piano concert melody singer orchestra rhythm drum chorus guitar opera song",
    "law": "court judge lawyer verdict trial witness statute appeal justice jury evidence client",
}
THEME_OF_YEAR = {
    2021: ("fruit", "fruit", "ships", "music"),
    2022: ("ships", "music", "law", "law"),
    2023: ("music", "law"),
}
PRODUCTS = {"fruit": ("B", "C"), "ships": ("A",), "music": ("A", "B"), "law": ("B", "C")}
COUNTRIES = ("France", "Japan", "Ελλάδα", "=1+1", "")
N_DOCUMENTS = 360
WORDS_OF_A_TEXT = 14
USER = "analyst"

ROLES = {
    "document_topics": "with_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model",
    "summaries": "summaries", "group_summaries": "topic_summaries", "comparison": "comparison",
    "suggestion": "suggestion", "other_document_topics": "with_few_topics", "other_topics": "few_topics",
    "other_topic_terms": "few_topic_terms", "edits": "edits", "stop_words": "stop_words",
}  # fmt: skip


def documents() -> list[dict[str, str]]:
    """Return the documents: two sentences of words of their theme."""
    draw = random.Random(20)
    rows = []
    for number in range(N_DOCUMENTS):
        year = (2021, 2022, 2023)[number % 3]
        theme = draw.choice(THEME_OF_YEAR[year])
        words = [draw.choice(THEMES[theme].split()) for _ in range(WORDS_OF_A_TEXT)]
        half = WORDS_OF_A_TEXT // 2
        sentences = (" ".join(words[:half]).capitalize(), " ".join(words[half:]).capitalize())
        rows.append({
            "id": f"d{number:03}", "theme": theme,
            "product": draw.choice(PRODUCTS[theme]), "country": draw.choice(COUNTRIES),
            "date": f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T00:00:00.000Z",
            "text": "{}. {}.".format(*sentences),
        })  # fmt: skip
    return rows


def build(folder: Path, plugin: Path) -> None:
    """Import the documents and run the recipes of a plugin, in the folder ``home``."""
    home, rows = folder / "home", documents()
    import_documents(home, folder, rows)
    for name in ("edits", "stop_words"):
        _call("create", "--home", str(home), name)
    flow = folder / "flow.json"
    flow.write_text(json.dumps({"recipes": list(_recipes())}), "utf-8")
    _call("build", str(flow), "--plugin", str(plugin), "--home", str(home))


def import_documents(home: Path, folder: Path, rows: list[dict[str, str]], name: str = "documents") -> None:
    """Import documents as a dataset, by files in a folder."""
    path, schema = folder / "documents.csv", folder / "documents.json"
    lines = [",".join(rows[0])] + [",".join(f'"{cell}"' for cell in row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    types = {"date": "date"}
    schema.write_text(json.dumps([{"name": name, "type": types.get(name, "string")} for name in rows[0]]), "utf-8")
    _call("import", "--home", str(home), name, str(path), "--schema", str(schema))


def _recipes() -> Any:
    shared = {"text_column": "text", "language": "en", "min_documents": 1, "seed": 1}
    columns = {"id_column": "id", "date_column": "date", "group_columns": ["product", "country"]}

    def recipe(name: str, inputs: dict[str, str], outputs: dict[str, str], **config: Any) -> dict[str, Any]:
        return {"recipe": name, "inputs": inputs, "outputs": outputs, "config": config, "form_defaults": True}

    source = {"documents": "documents"}
    yield recipe(
        "text-explorer-topics", source,
        {"document_topics": "with_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model"},
        engine="lda_gibbs", n_topics=5, n_iterations=80, **shared, **columns,
    )  # fmt: skip
    yield recipe(
        "text-explorer-topics", source,
        {
            "document_topics": "with_few_topics", "topics": "few_topics", "topic_terms": "few_topic_terms",
            "model": "few_model",
        },
        engine="gsdmm", n_topics=3, n_iterations=20, id_column="id", **shared,
    )  # fmt: skip
    yield recipe(
        "text-explorer-compare", source, {"comparison": "comparison", "suggestion": "suggestion"},
        engine="lda_gibbs", n_topics_list=[3, 4, 5], n_seeds=2, n_iterations=30, **shared,
    )  # fmt: skip
    yield recipe(
        "text-explorer-summarize", source, {"summaries": "summaries"}, text_column="text", language="en", budget=1
    )
    yield recipe(
        "text-explorer-summarize-groups", {"documents": "with_topics"}, {"group_summaries": "topic_summaries"},
        text_column="text", language="en", id_column="id", group_columns=["topic_id"], budget=2,
    )  # fmt: skip


def _call(*arguments: str) -> None:
    assert main(list(arguments)) in (0, None)
