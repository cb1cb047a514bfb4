"""Quotations and brackets, which hold no end of a sentence, and the speech verbs after them."""

from __future__ import annotations

import regex

_LONGEST = 200
"""Characters. The sentences of a longer quotation are apart, since as one they are too long to read."""
_INNER = f"{{0,{_LONGEST}}}"
_ENCLOSED = regex.compile(
    "|".join(
        (
            *(rf"(?<![:;]-?)\{left}[^\{left}\{right}]{_INNER}\{right}" for left, right in ("()", "[]", "{}")),
            *(
                f"{left}[^{left}{right}]{_INNER}{right}"
                for left, right in (
                    "（）",
                    "［］",
                    "【】",
                    "“”",
                    "«»",
                    "‹›",
                    "「」",
                    "『』",
                    "《》",
                    "〈〉",
                    "»«",
                    "›‹",
                )
            ),
            rf"[„‟][^„“”]{_INNER}[“”]",
            rf"‚[^‚‘’]{_INNER}‘",
            rf"‘(?:[^‘’]|’(?=\p{{L}})){_INNER}’(?!\p{{L}})",
            rf'(?<![\p{{L}}\p{{N}}])"(?=\S)[^"]{_INNER}(?<=\S)"(?![\p{{L}}\p{{N}}])',
            r"(?<![\p{L}\p{N}'])'(?=\p{Lu})(?:[^'\"]|'(?=\p{L})){0,120}(?<=[.!?,…])'(?!\p{L})",
        )
    )
)
_MARKS_OF_ENCLOSURES = regex.compile("[(\\[{（［【“„‟‚‘«»‹›「『《〈\"']")

_NAME = r"(?:\p{Lu}[\p{L}.'’-]+\s+){1,3}"
_SPEECH = {
    "en": rf"{_NAME}(?:said|says|asked|asks|replied|cried|shouted|added|answered|exclaimed|whispered|wondered|yelled|"
    r"called|demanded|inquired)\b",
    "de": rf"{_NAME}(?:sagte|fragte|rief|antwortete|meinte|erwiderte|schrie|flüsterte)\b(?=[.,])",
    "ja": r"(?:と|って|などと|なんて|という|とか|[\p{Han}\p{Katakana}]{1,8}[はが](?:言|叫|聞|答|尋|話|呟|つぶや))",
    "ko": r"(?:이?라고|이?라며|이?라면서|이?라는|하고|하며|고\s)",
    "hi": r"(?:[\p{L}\p{M}]{1,12}\s){0,2}?(?:बोल[ेाी]|कहा|पूछा|चिल्लाय?[ाेी])(?![\p{L}\p{M}])",
    "zh": r"[\p{Han}·]{0,8}?(?:[说說问問答讲講喊叫笑]道?|回答|嚷道?|写道|寫道|表示)(?![话話题題明服法者]|[：:])",
}
_SPEECH_VERBS = {language: regex.compile(r"\s*" + pattern) for language, pattern in _SPEECH.items()}
_END_OF_QUOTATION = regex.compile(r"[\p{Pf}\p{Pe}\p{Pi}\"']\Z")
_CALL_WITHOUT_QUOTATION = regex.compile(r"[!?！？]\Z")
_QUESTION_OR_CALL = regex.compile(r"[!?][\"”“»«’'‘]+\Z")


def enclosed_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of quotations and brackets in a block, in their order, without those inside others."""
    if _MARKS_OF_ENCLOSURES.search(text, start, end) is None:
        return []
    return [found.span() for found in _ENCLOSED.finditer(text, start, end)]


def speech_follows(text: str, end: int, block_end: int, language: str) -> bool:
    """Return whether the sentence goes on after a quotation, with who spoke or with a particle of quoting.

    Parameters
    ----------
    text
        Any text.
    end
        End of the quotation, its closing mark included.
    block_end
        End of the block.
    language
        ISO 639-1 code.
    """
    pattern = _SPEECH_VERBS.get(language)
    if pattern is None:
        return False
    needed = _QUESTION_OR_CALL if language in ("en", "de") else _END_OF_QUOTATION
    before = text[max(0, end - 8) : end]
    if not (needed.search(before) or (language in ("ja", "ko") and _CALL_WITHOUT_QUOTATION.search(before))):
        return False
    return pattern.match(text, end, block_end) is not None
