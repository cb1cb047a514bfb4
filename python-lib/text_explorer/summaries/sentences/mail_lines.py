"""Lines of mails that hold no sentence: headers, openings of quotations, signatures, encoded files, notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

Span = tuple[int, int]

QUOTED = regex.compile(r"[ \t]*\p{Lu}{0,3}>(?!>*[ \t]*\p{Lu}[\p{Lu} .'-]{1,30}:)")
"""Starts of quoted lines; ``>> ANN:`` is a change of the speaker in subtitles."""

_NAMES_OF_HEADERS = """
    From Sent To Cc Bcc Subject Date Reply-To Importance Attachments Message-ID Von Gesendet An Betreff Datum De
    Envoyé À Objet Da Inviato A Oggetto Data Para Asunto Assunto Van Verzonden Aan Onderwerp Od Wysłano Do Temat От
    Отправлено Кому Тема Дата Fra Sendt Til Emne Dato Kopi Från Skickat Till Ämne Kopia Lähettäjä Lähetetty
    Vastaanottaja Aihe Kopio Odesláno Odoslané Komu Předmět Predmet Feladó Elküldve Küldve Címzett Tárgy Kimden
    Gönderen Gönderildi Kime Konu Tarih Trimis Către Subiect Από Στάλθηκε Προς Θέμα Від Надіслано 差出人 送信者
    送信日時 日時 宛先 件名 发件人 发送时间 收件人 主题 抄送 日期 寄件者 寄件日期 收件者 主旨 副本 제목 날짜 참조 من
    إلى الموضوع מאת אל נושא
"""
_HEADER = regex.compile(
    rf"[ \t>*_]*(?:{'|'.join(_NAMES_OF_HEADERS.split())}|Enviado(?: el)?|De la|"
    r"보낸 사람|보낸 날짜|받는 사람|تاريخ الإرسال)[*_]*"
    r"[ \t]?(?::[*_]*(?:[ \t]|\Z)|：)|"
    r"[ \t>]*(?:Received|Sender|Precedence|References|[A-Z]\w*(?:-\w+)+):(?:[ \t]|\Z)|From \S+@\S+ .*\d"
)
_IN_HEADER = regex.compile(r"[ \t]+\S|[A-Z][\w-]*:[ \t]")
"""Lines right below one of a header: the rest of a long one, and headers of any name."""
_LEAST_HEADERS = 2

_DAY = r"(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia|Dne)"
_OPENING = regex.compile(
    rf"[ \t>]*(?:{_DAY}|\d).{{4,200}}(?:\bwrote|\bschrieb.{{0,60}}|\ba écrit|\bescribió|\bha scritto|\bescreveu|"
    r"\bschreef.{0,60}|\bskrev.{0,60}|\bpisze|\bnapisał|\bnapsal|\bпишет|\bнаписал|\bkirjoitti|\byazdı|\bírta)"
    r"[ \t\u00a0]?:[ \t]*|[ \t>]*(?:\S.{0,100}\b)?(?:wrote|writes|said)[ \t]?:[ \t]*"
)
_OPENING_ABOVE_QUOTED = regex.compile(r"(?=[^\d@\n]{0,200}[\d@]|[ \t]*:)[^\n]{0,200}[:：][ \t]*")
_FIRST_OF_OPENING = regex.compile(rf"[ \t>]*(?:{_DAY}\b|\d).*\d")
"""The first of two lines of an opening: *On Tue, 3 May 2021 at 10:02, Bob Ray*, and below *wrote:*."""

_BLOCK = regex.compile(r"[ \t>]*(?:-----BEGIN (?P<name>(?!PGP SIGNED)[A-Z0-9 ]+)-----|begin [0-7]{3} \S)")
"""First lines of signatures, keys and certificates, and of files written as lines of characters."""
_ENCODED = regex.compile(r"[ \t>]*[A-Za-z0-9+/]{60,}={0,2}[ \t]*")

_SIGNATURE = regex.compile(r"[ \t>]*-- ?")
_FOOTER = regex.compile(r"[ \t>]*[_=*-]{20,}[ \t]*")
_LINK = regex.compile(r"https?://|www\.|\S@\S+\.\w")
_ADVERTISEMENT = regex.compile(
    r"[-_=~*]{5,60}+(?=.{0,60}\b(?:sponsor|advertisement|anzeige|werbung|publicité)\b).{0,200}", regex.IGNORECASE
)
_END_OF_ADVERTISEMENT = regex.compile(r"[-_=~*]{5,}+[^\p{L}\p{N}]*")
_LONGEST_SIGNATURE = 12

_LEAVE = r"(?:unsubscribe|opt[ -]?out|be (?:removed|taken off)|stop receiving|receive (?:further|future|any more))"
_MAIL = r"(?:e-?mail|message|communication|transmission|mailing|newsletter|special|offer)"
_DEVICE = (
    r"(?:iPhone|iPad|iPod|Android|Samsung|Galaxy|Huawei|Xiaomi|BlackBerry|(?:smart)?phone|smartphone|tablet|mobile|"
    r"mobil|Handy|Outlook|Mail|Yahoo|Gmail|Thunderbird)"
)
_NOTICE = regex.compile(
    r"\W*(?:"
    + "|".join(
        (
            rf"(?:To|If you (?:no longer |do not |don['’]t )?(?:want|wish|would like|prefer) (?:not )?to) {_LEAVE}\b"
            r"(?!.{0,30}\bI\b)",
            rf"(?:Please )?(?:click|go|reply|send|visit)\b.{{0,80}}\b{_LEAVE}\b",
            rf"You (?:are receiving|have received|received|were sent) this {_MAIL}|Do not reply to this\b",
            rf"This {_MAIL}\b.{{0,80}}\b(?:confidential|privileged|intended)",
            r"(?:If you are not|Any\b.{0,80}\bother than) the (?:intended )?(?:recipient|addressee)",
            r"Diese E-?Mail\b.{0,80}\bvertraulich|Wenn Sie (?:nicht der richtige Adressat|den Newsletter)\b",
            r"Ce (?:message|courriel|courrier)\b.{0,80}\bconfidentiel",
            r"(?:Pour|Si vous)\b.{0,60}\b(?:désabonner|désinscrire)\b",
            r"Este (?:mensaje|correo|mensagem|e-?mail)\b.{0,80}\bconfidencia",
            r"(?:Para|Si)\b.{0,60}\bdar(?:se|te) de baja\b",
            r"Quest[ao] (?:e-?mail|messaggio)\b.{0,80}\briservat|Per (?:annullare|cancellar)\w*\b.{0,40}\biscrizione\b",
            r"(?:Sent (?:from|via)|Gesendet (?:von|mit)|Envoyé (?:de|depuis)|Enviad[oa] (?:desde|de|do)|"
            r"Inviat[oa] dal?|(?:Verstuurd|Verzonden) (?:vanaf|met|via)|Skickat från|Sendt fra|"
            r"Wysłan[eo] z|Отправлено (?:с|из)|"
            rf"Odesláno z|Lähetetty)\b.{{0,40}}\b{_DEVICE}\b.{{0,30}}\Z",
            rf"Von\b.{{0,30}}\b{_DEVICE}\b.{{0,30}}\bgesendet\W*\Z|(?:Get|Hent|Hämta) Outlook\b|"
            r"iPhone\s?から送信|[发發]自我的\s?iPhone|나의 iPhone에서",
            rf"(?:Outgoing|Incoming) mail is certified|Checked by AVG|Version: \S+ / Virus|Virus-free\.|"
            rf"No virus(?:es)? (?:was |were )?found|This {_MAIL} (?:has been|was|is)\b.{{0,60}}\b(?:virus|scanned for)",
            r"(?:Diese E-?Mail|Cet? (?:e-?mail|message|courriel)|Este (?:mensaje|correo|e-?mail)|"
            r"Questa e-?mail|Deze e-?mail)"
            r"\b.{0,80}\bvir(?:us|en)\b",
            r"Do You Yahoo!\?|Get your (?:own )?free\b.{0,60}\baddress\b|Your use of .{1,20} Groups is subject to",
            r"(?:Please )?(?:consider|think (?:of|about)) the environment before printing|"
            r"Bitte denken Sie an die Umwelt|Pensez à l['’]environ\w+ avant\b|Antes de imprimir est[ea]\b",
        )
    )
    + ")",
    regex.IGNORECASE,
)
"""Sentences that say how to leave a list, who may read a mail, and by what it was sent and checked."""


def mail_lines(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of lines of headers, openings of quotations, signatures, footers and encoded files."""
    yield from _headers(text, lines)
    yield from _openings(text, lines)
    yield from _blocks(text, lines)
    yield from _signatures(text, lines)
    for run in _runs([_ENCODED.fullmatch(text, start, end) is not None for start, end in lines]):
        yield from run if len(run) >= _LEAST_HEADERS else ()


def is_notice(text: str, start: int, end: int) -> bool:
    """Return whether a sentence says how to leave a list, who may read a mail, or by what it was sent or checked."""
    return _NOTICE.match(text, start, end) is not None


def is_right_below(text: str, lines: Sequence[Span], index: int) -> bool:
    """Return whether no empty line is above a line, and another line is."""
    return index > 0 and text[lines[index - 1][1] : lines[index][0]] in ("\n", "\r\n", "\r")


def _headers(text: str, lines: Sequence[Span]) -> Iterator[int]:
    headers = [_HEADER.match(text, start, end) is not None for start, end in lines]
    in_header = list(headers)
    for index, (start, end) in enumerate(lines[1:], start=1):
        follows = in_header[index - 1] and is_right_below(text, lines, index)
        in_header[index] |= follows and _IN_HEADER.match(text, start, end) is not None
    for run in _runs(in_header):
        yield from run if sum(headers[index] for index in run) >= _LEAST_HEADERS else ()


def _openings(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the lines that say who wrote what is quoted below, which may be two."""
    for index, (start, end) in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else (end, end)
        is_above_quoted = QUOTED.match(text, *following) and not QUOTED.match(text, start, end)
        if not (
            _OPENING.fullmatch(text, start, end)
            or (is_above_quoted and _OPENING_ABOVE_QUOTED.fullmatch(text, start, end))
        ):
            continue
        yield index
        if is_right_below(text, lines, index) and _FIRST_OF_OPENING.match(text, *lines[index - 1]):
            yield index - 1


def _runs(flags: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the indices of each run of true flags."""
    for flag, run in groupby(range(len(flags)), key=flags.__getitem__):
        if flag:
            yield list(run)


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of the lines of signatures, keys and encoded files; a block without an end is none."""
    first, last_line = 0, ""
    for index, (start, end) in enumerate(lines):
        found = _BLOCK.match(text, start, end)
        if found:
            first, last_line = index, f"-----END {found['name']}-----" if found["name"] else "end"
        elif last_line and text[start:end].strip(" \t>") == last_line:
            yield from range(first, index + 1)
            last_line = ""


def _signatures(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the lines below ``--`` at the end of a mail, of footers with links below a rule, and of advertisements."""
    for first, (start, end) in enumerate(lines):
        below = range(first, min(len(lines), first + 1 + _LONGEST_SIGNATURE))
        if _SIGNATURE.fullmatch(text, start, end):
            yield from below
        elif below[-1] == len(lines) - 1 and _FOOTER.fullmatch(text, start, end):
            yield from below if _LINK.search(text, start, lines[-1][1]) else ()
        elif _ADVERTISEMENT.fullmatch(text, start, end):
            ends = [index for index in below[1:] if _END_OF_ADVERTISEMENT.fullmatch(text, *lines[index])]
            yield from range(first, ends[0] + 1) if ends else ()
