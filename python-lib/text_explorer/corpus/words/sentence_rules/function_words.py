"""Words that start sentences, and those that stand before ordinal numbers, by language."""

from __future__ import annotations

from functools import lru_cache

import stopwordsiso

_STARTERS = {
    "de": """
        aber alle alles als also am an anschließend auch auf aus bei beim bis da dabei dadurch dafür dagegen daher
        damals damit danach daneben dann daran darauf daraus darin darum darüber das dass dazu dem den denn der deren
        des deshalb dessen dieser diese dieses diesen diesem die dies doch dort durch ein eine einem einen einer eines
        einige endlich er es erst falls für gegen hier hierbei hinter ich ihr ihre im immer in insgesamt ist jede jeder
        jedes jedoch jemand jetzt kein keine leider man manche mein meine mit nach nachdem natürlich neben nicht nichts
        niemand noch nun nur ob obwohl oder ohne seit seine sein sie sind so sobald solche somit sonst sowohl trotz
        trotzdem und uns unser unsere unter viele vielleicht vom von vor während wann war warum was wegen weil welche
        wenn wer weitere wie wieder wir wird wo zu zudem zuerst zuletzt zum zunächst zur zwar zwischen heute gestern
        morgen
    """,
    "en": """
        a about after afterwards again all almost also although among an and another any anyone are as at back because
        before being besides between both but by can could despite did do does during each either even eventually every
        everyone everything few finally first for from further had has have he hence her here his how however i if in
        indeed instead into is it its just last later many maybe meanwhile more most much my neither never nevertheless
        next no nobody none nor not nothing now of often on once one only or other others our over perhaps please
        probably quite rather she should similarly since so some someone something sometimes soon such than that the
        their then there therefore these they this those though through thus to today together tomorrow too two under
        unfortunately unless until up upon usually very was we well were what when where whether which while who
        whoever whose why will with within without would yes yesterday yet you your i'm i've it's that's there's don't
        he's she's we're they're you're let's what's
    """,
}
_BEFORE_ORDINALS = {
    "cs": "v ve na do od z ze ke k po před za při o pro dne svého tento ten ta to každý",
    "da": "den det de i på til fra siden af om ved en et",
    "de": """
        der die das dem den des im am zum zur beim vom ins ans übers fürs ein eine einem einen einer eines jeder jede
        jedes jeden jedem ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner mein meine meinen meinem meiner
        unser unsere unseren unserem unserer dieser diese dieses diesem diesen kein keine und bis bzw sowie ab seit
        nach vor
    """,
    "et": "kuni alates",
    "fi": "on ja",
    "hr": "u na do od iz za po o s dana",
    "hu": "a az és egy minden",
    "lt": "iki nuo",
    "lv": "līdz no",
    "no": "den det de i på til fra siden av om ved en et",
    "pl": "w we na do od z ze po przed za przy o dla dnia ku przez ten ta to i oraz każdy",
    "sk": "v vo na do od z zo ku k po pred za pri o pre dňa",
    "sl": "v na do od iz za po o s dne",
    "sv": "den det de",
    "tr": "ve",
}
"""A number with a full stop after one of these is an ordinal number, unless a word that starts sentences follows."""

_AFTER_ORDINALS = {
    "da": "verdenskrig division",
    "de": """
        jahrhundert jahrhunderts jh jahrtausend jahrestag geburtstag stock stockwerk etage klasse klassen platz plätze
        auflage kapitel fc sc sv vfl bundesliga liga weltkrieg weltkriegs halbzeit spieltag runde tag woche monat
        quartal semester grad bezirk kreis januar jänner februar feber märz april mai juni juli august september
        oktober november dezember jan feb apr aug sept okt nov dez mal änderung absatz lesung gang rang preis
        generation obergeschoss og ug
    """,
    "fi": "maailmansota",
    "hu": "század kerület",
    "no": "verdenskrig divisjon",
    "pl": "dywizja dywizji wojna wojny brygada armii",
    "tr": "dünya yüzyıl",
}

_SECTION_LABELS = {
    "bn": "বিভাগ অধ্যায় পরিচ্ছেদ ধারা অংশ খণ্ড অনুচ্ছেদ",
    "de": "abschnitt kapitel teil schritt artikel punkt",
    "en": "section chapter part step article item clause question lesson unit",
    "es": "sección capítulo parte paso artículo",
    "fr": "section chapitre partie étape article",
    "gu": "વિભાગ પ્રકરણ ભાગ કલમ",
    "hi": "अध्याय विभाग भाग खंड खण्ड अनुच्छेद धारा चरण",
    "it": "sezione capitolo parte passo articolo",
    "mr": "अध्याय विभाग भाग खंड कलम प्रकरण परिच्छेद",
    "nl": "hoofdstuk deel stap artikel paragraaf",
    "pl": "rozdział część krok artykuł",
    "pt": "seção secção capítulo parte passo artigo",
    "ru": "раздел глава часть шаг статья пункт",
}
"""Words before the number of a heading, such as *Chapter 2.1.*, which is one with what follows."""

_BOOKS = """
    gen exod lev num deut josh judg sam kgs chr neh ps prov eccl isa jer lam ezek dan hos mic zech mal matt mk lk jn rom
    cor gal eph phil col thess tim tit heb jas pet rev
"""

_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo eastern central mountain pacific
"""
_TIME_ZONES = "est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest ist jst aest"
_AFTER_TIMES = frozenset([*_DAYS.title().split(), *_TIME_ZONES.upper().split()])


@lru_cache(maxsize=100)
def _starters(language: str) -> frozenset[str]:
    own = _STARTERS.get(language)
    if own is not None:
        return frozenset(own.split())
    return frozenset(stopwordsiso.stopwords(language)) or frozenset(_STARTERS["en"].split())


def starts_sentences(word: str, language: str) -> bool:
    """Return whether a capitalised word is one that often starts a sentence, such as *The* or *He*."""
    return word[:1].isupper() and not word[1:].isupper() and word.lower().replace("’", "'") in _starters(language)


def has_dotted_ordinals(language: str) -> bool:
    """Return whether ordinal numbers of the language are written with a full stop."""
    return language in _BEFORE_ORDINALS


def stands_before_ordinal(word: str, language: str) -> bool:
    """Return whether a word often stands before an ordinal number, such as *am* or *der*."""
    return word.lower() in _BEFORE_ORDINALS.get(language, "").split()


def stands_after_ordinal(word: str, language: str) -> bool:
    """Return whether a word often stands after an ordinal number, such as *Jahrhundert*."""
    return word.lower() in _AFTER_ORDINALS.get(language, "").split()


def is_section_label(word: str, language: str) -> bool:
    """Return whether a word stands before the number of a heading, such as *Chapter*."""
    return word.lower() in _SECTION_LABELS.get(language, "").split()


def is_book(word: str) -> bool:
    """Return whether a word is short for a book of the Bible, whose verses follow it in English, such as *Phil*."""
    return word.lower() in _BOOKS.split()


def follows_time(word: str) -> bool:
    """Return whether a word is a weekday, a month or a time zone, which follow a time of day."""
    return word in _AFTER_TIMES
