"""The wiki article of an exploration: what there is, and how to go on."""

from __future__ import annotations

from collections.abc import Sequence

from text_explorer.dss.setup.plan import Plan


def article(plan: Plan, dataset: str, link: str, clicks: Sequence[str]) -> str:
    """Return the article in Markdown; `link` is the address of the webapp, empty while `clicks` must create it."""
    opening = [f"[Open the webapp]({link})."] if link else ["Create the webapp once:", "", *_numbered(clicks)]
    return "\n".join(
        [
            f"Topics of the texts in the dataset **{dataset}**, set up by Text Explorer.",
            "",
            "## Open it",
            "",
            *opening,
            "",
            "## Go on",
            "",
            "- **Rename, merge and hide topics** in the webapp and save; the dataset "
            f"**{plan.scored}** has your names after the next run of the scenario.",
            f"- **New texts**: run the scenario **{plan.scenario_name}** (or give it a trigger). It assigns topics to "
            f"all rows of {dataset} and restarts the webapp. Topics stay as they are.",
            f"- **Other topics**: open the recipe **{plan.recipes[0].name}**, change *Number of topics* and run it, "
            "then the scenario. Edits of the topics before do not fit new ones.",
            "- **Words that say nothing**: remove them on the page *Terms* of the webapp; they are rows of the dataset "
            f"**{plan.own_tables[1]}**, and count from the next run of that recipe.",
            f"- **Have the subjects changed?** The dataset **{plan.prefix}_drift** compares the texts of the last run "
            "with those of training; the webapp shows it on the page *What changed*.",
            "",
            "## What there is",
            "",
            "| Dataset | Holds |",
            "|---|---|",
            *(f"| {name} | {holds} |" for name, holds in _contents(plan)),
            "",
        ]
    )


def _contents(plan: Plan) -> list[tuple[str, str]]:
    known = {
        f"{plan.prefix}_document_topics": "every text of training with its topic",
        f"{plan.prefix}_topics": "one row per topic: label, size, quality, top terms",
        f"{plan.prefix}_topic_terms": "terms of each topic with their scores",
        f"{plan.prefix}_scored": "every text with its topic, edits applied",
        f"{plan.prefix}_drift": "how the topics of the last run differ from training",
        f"{plan.prefix}_summaries": "every text with its summary",
        f"{plan.prefix}_topic_summaries": "one summary per topic, with its sources",
    }
    tables = zip(plan.own_tables, ("edits saved in the webapp", "words removed in the webapp"))
    return [*((name, known[name]) for name in plan.datasets), *tables]


def _numbered(lines: Sequence[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
