"""Inner loops that find words in texts, compiled by numba.

``chars`` is a uint32 array of the code points of a text, or of several texts joined by line breaks; ``roles`` is a
uint8 array of the role of each code point (see `character_classes`).
``pieces`` is a uint8 array as long as ``chars``, 1 where a piece of an unspaced script starts according to its
segmenter, or is empty without a segmenter: then each character of such a script is a word.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

OTHER, SPACE, LETTER, NUMBER, MARK, UNSPACED, DOT, APOSTROPHE, HYPHEN, JOINER, EMOJI, EMOJI_MODIFIER, SIGN = range(13)
"""Roles of characters. ``UNSPACED`` are the letters of scripts without spaces between words; a ``JOINER`` is
invisible, such as the zero-width non-joiner of Persian, the soft hyphen or a mark of direction; a ``SIGN`` belongs to
names such as R&D, C++ and C#."""

ZERO_WIDTH_JOINER = 0x200D
FULL_STOP = ord(".")
LINE_FEED = ord("\n")
SLASH, SMALL_W, CAPITAL_W = ord("/"), ord("w"), ord("W")
BLANK, RETURN, BACKSLASH, HYPHEN_MINUS, QUOTE = ord(" "), ord("\r"), ord("\\"), ord("-"), ord("'")
AMPERSAND, PLUS, NUMBER_SIGN = ord("&"), ord("+"), ord("#")
SMALL_N, SMALL_R, SMALL_T = ord("n"), ord("r"), ord("t")
SMALL_U, SMALL_X, CAPITAL_R, CAPITAL_T, CAPITAL_U = ord("u"), ord("x"), ord("R"), ord("T"), ord("U")
UNDERSCORE, DOUBLE_QUOTE, RIGHT_QUOTE = ord("_"), ord('"'), ord("’")
SMALL_P, SEMICOLON = ord("p"), ord(";")
FILLED = 0x34F
"""See ``FILLER`` in `character_classes`."""

CAPITALS_BEFORE_PLUS, LETTERS_BEFORE_PLUSES = 6, 10
"""Letters of the longest names such as LGBTQ+ and Notepad++."""

AROUND_CAPITALS, FEWEST_CAPITALS = 40, 6
"""Characters on each side in which case is judged, and capitals without which it always tells."""

ALWAYS, BY_NEIGHBOURS = 1, 2
"""Whether a mark of markup counts, in `find_marked`."""


@compiled
def _starts_word(role):
    return role in (LETTER, NUMBER, UNSPACED, EMOJI)


@compiled
def _run_end(chars, roles, pieces, start, stop):
    """Find the end of the unbroken run of letters, numbers and their marks that starts at `start`.

    Also return whether its last letter is of an unspaced script.
    """
    unspaced = roles[chars[start]] == UNSPACED
    end = start + 1
    while end < stop:
        role = roles[chars[end]]
        if role in (LETTER, NUMBER, UNSPACED):
            if (unspaced or role == UNSPACED) and (len(pieces) == 0 or pieces[end]):
                break
            unspaced = role == UNSPACED
        elif role == JOINER:
            following = roles[chars[end + 1]] if end + 1 < stop else SPACE
            if unspaced or following not in (LETTER, NUMBER):
                break
        elif role != MARK:
            break
        end += 1
    return end, unspaced


@compiled
def _emoji_end(chars, roles, start, stop):
    """Find the end of an emoji, including its skin tone, joined emoji, or the second letter of a flag."""
    end = start + 1
    flag = 0x1F1E6 <= chars[start] <= 0x1F1FF
    if flag and end < stop and 0x1F1E6 <= chars[end] <= 0x1F1FF:
        return end + 1
    while end < stop:
        joined = chars[end] == ZERO_WIDTH_JOINER and end + 1 < stop and roles[chars[end + 1]] == EMOJI
        if joined:
            end += 1
        elif roles[chars[end]] != EMOJI_MODIFIER and roles[chars[end]] != MARK:
            break
        end += 1
    return end


@compiled
def _is_capital(char):
    """Return whether a character is a capital of the Latin, Greek or Russian alphabet."""
    return (65 <= char <= 90) or (0xC0 <= char <= 0xDE) or (0x391 <= char <= 0x3A9) or (0x410 <= char <= 0x42F)


@compiled
def _joins_capitals(chars, place):
    """Return whether an ``&`` stands between capitals, as in AT&T."""
    before = place - 1
    while before > 0 and chars[before] == FILLED:
        before -= 1
    return chars[place] == AMPERSAND and _is_capital(chars[before]) and _is_capital(chars[place + 1])


@compiled
def _end_with_signs(chars, roles, start, end, stop):
    """Return the end of a word with the signs after it that belong to it, as in C++, C# and LGBTQ+."""
    n_letters, n_capitals = 0, 0
    for place in range(start, end):
        if roles[chars[place]] == LETTER:
            n_letters += 1
            n_capitals += _is_capital(chars[place])
        elif chars[place] != FILLED:
            return end
    after = end + 1
    while after < stop and chars[after] == FILLED:
        after += 1
    if chars[end] == PLUS and after < stop and chars[after] == PLUS:
        belongs = n_letters <= LETTERS_BEFORE_PLUSES
        after += 1
    else:
        after = end + 1
        if chars[end] == PLUS:
            belongs = n_capitals == n_letters and n_capitals <= CAPITALS_BEFORE_PLUS
        else:
            belongs = chars[end] == NUMBER_SIGN and n_letters == 1
    following = roles[chars[after]] if after < stop else SPACE
    return after if belongs and following not in (LETTER, UNSPACED, SIGN) else end


@compiled
def _is_dotted_name(chars, roles, start, end):
    """Return whether a full stop before a word belongs to it, as in .NET."""
    if start > 1 and roles[chars[start - 2]] not in (SPACE, OTHER, SIGN):
        return False
    for place in range(start, end):
        if not _is_capital(chars[place]):
            return False
    return end > start + 1


@compiled
def _token_end(chars, roles, pieces, start, stop):
    """Find the end of the word that starts at `start`; an inner ``.``, ``'`` or ``-`` joins its parts."""
    if roles[chars[start]] == EMOJI:
        return _emoji_end(chars, roles, start, stop)
    end, n_parts, initials = start, 0, True
    while True:
        part = end
        end, unspaced = _run_end(chars, roles, pieces, part, stop)
        n_parts += 1
        initials = initials and end == part + 1 and roles[chars[part]] == LETTER
        if unspaced or end + 1 >= stop:
            break
        inner, following = roles[chars[end]], roles[chars[end + 1]]
        if following not in (LETTER, NUMBER):
            break
        if inner not in (DOT, APOSTROPHE, HYPHEN) and not (inner == SIGN and _joins_capitals(chars, end)):
            break
        initials = initials and inner == DOT
        end += 1
    # U.S. keeps its last full stop.
    if initials and n_parts >= 2 and end < stop and chars[end] == FULL_STOP:
        end += 1
    if n_parts == 1 and end < stop and roles[chars[end]] == SIGN:
        end = _end_with_signs(chars, roles, start, end, stop)
    return end


@compiled
def _may_go_on(chars, roles, place, stop):
    """Return whether a word of letters may go on at `place`, or another one may start there."""
    role = roles[chars[place]] if place < stop else SPACE
    if role in (DOT, APOSTROPHE, HYPHEN):
        following = roles[chars[place + 1]] if place + 1 < stop else SPACE
        return following in (LETTER, NUMBER)
    return role not in (OTHER, SPACE)


@compiled
def find_tokens(chars, roles, pieces):
    """Find the words of a text.

    Returns
    -------
    starts, ends : int32 arrays of shape (n_tokens,)
    """
    starts = np.empty(len(chars), np.int32)
    ends = np.empty(len(chars), np.int32)
    n_tokens, place, stop = 0, 0, len(chars)
    signs = roles[PLUS] == SIGN
    while place < stop:
        start, role = place, roles[chars[place]]
        # Nearly all words are letters between white space: a loop without calls is four times as fast for them.
        while role == LETTER:
            place += 1
            role = roles[chars[place]] if place < stop else SPACE
        if place == start and not _starts_word(role):
            place += 1
            continue
        if _may_go_on(chars, roles, place, stop):
            place = _token_end(chars, roles, pieces, start, stop)
        if signs and start > 0 and chars[start - 1] == FULL_STOP and _is_dotted_name(chars, roles, start, place):
            start -= 1
        starts[n_tokens], ends[n_tokens] = start, place
        n_tokens += 1
    return starts[:n_tokens], ends[:n_tokens]


@compiled
def find_shouted(chars, roles, starts, ends, names):
    """Return which words may be names such as US and WHO, but are in capitals as are the letters around them.

    Parameters
    ----------
    names : int64 array
        Words of at most four capitals, 8 bits each, the first letter lowest.

    Returns
    -------
    int32 array
        Numbers of tokens.
    """
    shouted = np.empty(len(starts), np.int32)
    n_shouted = 0
    for token in range(len(starts)):
        start, end = starts[token], ends[token]
        if not (2 <= end - start <= 4 and 65 <= chars[start] <= 90 and 65 <= chars[start + 1] <= 90):
            continue
        code = np.int64(0)
        for i in range(end - start):
            code += np.int64(chars[start + i]) << np.int64(8 * i)
        if _contains(names, code) and _capitals_prevail(chars, roles, start, end):
            shouted[n_shouted] = token
            n_shouted += 1
    return shouted[:n_shouted].copy()


@compiled
def _contains(names, code):
    for name in names:  # noqa: SIM110 - numba knows no generators
        if name == code:
            return True
    return False


@compiled
def _capitals_prevail(chars, roles, start, end):
    """Return whether most letters around a word, in its line, are capitals."""
    n_capitals, n_small = 0, 0
    for step in (-1, 1):
        place = start - 1 if step < 0 else end
        for _ in range(AROUND_CAPITALS):
            if place < 0 or place >= len(chars) or chars[place] == LINE_FEED:
                break
            if _is_capital(chars[place]):
                n_capitals += 1
            elif roles[chars[place]] == LETTER:
                n_small += 1
            place += step
    return n_capitals >= FEWEST_CAPITALS and n_capitals > n_small


@compiled
def follow_breaks(chars, roles, starts, ends):
    """Return which words are separated from the previous one by more than spaces: punctuation or a line break.

    Returns
    -------
    bool array of shape (n_tokens,)
    """
    breaks = np.zeros(len(starts), np.bool_)
    for token in range(1, len(starts)):
        for place in range(ends[token - 1], starts[token]):
            if roles[chars[place]] != SPACE or chars[place] == LINE_FEED:
                breaks[token] = True
    return breaks


@compiled
def _is_mark(chars, place):
    """Return whether a character may belong to an escape, a cut word, a contraction or a retweet, by its neighbours."""
    char = chars[place]
    following = chars[place + 1] if place + 1 < len(chars) else BLANK
    before = chars[place - 1] if place > 0 else LINE_FEED
    if char == BACKSLASH:
        escapes = (SMALL_N, SMALL_R, SMALL_T, SMALL_U, CAPITAL_U, SMALL_X, QUOTE, DOUBLE_QUOTE, AMPERSAND)
        found = following in escapes
    elif char == HYPHEN_MINUS:
        found = following in (LINE_FEED, RETURN)
    elif char == NUMBER_SIGN:
        found = 48 <= following <= 57
    elif char == UNDERSCORE:
        found = following | 32 == SMALL_X
    elif char == CAPITAL_R:
        found = following == CAPITAL_T
    elif char == SEMICOLON:
        found = before == SMALL_P
    else:
        found = BLANK in (before, following) or (place > 1 and before | 32 == SMALL_N and chars[place - 2] == BLANK)
    return found


@compiled
def find_marked(chars, offsets, marks):
    """Return which of the joined texts contain a mark of possible markup or escapes, or of a web address.

    Parameters
    ----------
    offsets : int64 array of shape (n_docs + 1,)
        Where each text starts.
    marks : uint8 array of shape (128,)
        0, ``ALWAYS`` or ``BY_NEIGHBOURS``, by code point.

    Returns
    -------
    bool array of shape (n_docs,)
    """
    marked = np.zeros(len(offsets) - 1, np.bool_)
    for doc in range(len(offsets) - 1):
        n_w = 0
        for place in range(offsets[doc], offsets[doc + 1]):
            char = QUOTE if chars[place] == RIGHT_QUOTE else chars[place]
            if char >= 128:
                continue
            if (
                marks[char] == ALWAYS
                or (marks[char] == BY_NEIGHBOURS and _is_mark(chars, place))
                or (char == FULL_STOP and n_w >= 3)
                or (char == SLASH and chars[place - 1] == SLASH)
            ):
                marked[doc] = True
                break
            n_w = n_w + 1 if char in (SMALL_W, CAPITAL_W) else 0
    return marked
