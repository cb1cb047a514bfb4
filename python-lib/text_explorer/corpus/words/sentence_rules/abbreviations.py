"""Abbreviations by language, and what may follow each within a sentence.

The package sentencex knows most abbreviations, but neither which of them may end a sentence nor all of them; and its
releases differ. The tables here have those that matter, so that all releases find the same sentences in common texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Optional

import sentencex

TITLE, INNER, NUMBER, CLOSING, TIME, DAY, OTHER = "title", "inner", "number", "closing", "time", "day", "other"
"""Kinds of abbreviations: a title before a name; one within a sentence, such as *e.g.*; before a number; at the end
of a list, such as *etc.*; behind a time of day; a weekday or month; any other."""

_ALL = "all"

_TABLES: dict[str, dict[str, str]] = {
    TITLE: {
        _ALL: "dr drs prof mr mrs ms messrs mme mlle",
        "af": "mnr mev mej ds",
        "bg": "г-н г-жа д-р проф инж ген",
        "bn": "ডা ড ডঃ প্রো প্রফ অধ্যা মো মোঃ মোছা শ্রী শ্রীম সৈ এড ইঞ্জি লে মে ব্রি মি মিস জনাব",
        "ca": "sr sra srta dr dra",
        "cs": "ing mgr bc doc mudr judr phdr rndr csc p pí",
        "da": "hr fr frk cand",
        "de": "dipl frl hr hrn fr st hl dres ing habil",
        "el": "κ κα κος δρ καθ αγ",
        "en": """
            capt cmdr col cpl gen gov hon lt maj rep reps rev sen sens sgt supt mt ft pres insp adm brig msgr fr attn
        """,
        "es": "sr sra srta srs sres dra dña d ing lic arq gral cap tte",
        "et": "hr pr",
        "fi": "hra rva tri",
        "fr": "m mm mgr me pr st ste dre vve mmes mlles",
        "gl": "sr sra dra",
        "gu": "ડૉ ડો ડોક્ટર પ્રો પ્રા શ્રી શ્રીમતી પં સ્વ કુ એડ જિ તા લિ",
        "hi": "डॉ डा डाॅ प्रो प्रा श्री श्रीमती सुश्री कु पं स्व मो एड इंजी ले मे कै ब्रि जन न्या मि जि लि",
        "hr": "gđa gdin g gđica mr sc ing doc",
        "hu": "id ifj özv gr br",
        "it": "sig sigg sig.ra sig.na dott dott.ssa prof.ssa ing avv arch geom rag on mons",
        "lt": "p doc akad",
        "lv": "doc akad",
        "mr": "डॉ डाॅ प्रा प्रो श्री श्रीमती सौ कु कै पं ह.भ.प अ‍ॅड ॲड न्या ले इंजि जि ता लि",
        "nl": "mevr mw dhr dra ir ing drs mr ds jhr",
        "no": "hr fr frk",
        "pl": "gen hab im inż ks kpt mgr mjr płk por św lek bp abp doc red o ul",
        "pt": "sr sra srs sras srta dra eng exmo exma d profa",
        "ro": "dl dna dra d-na ing acad",
        "ru": "г-жа г-н д-р им св проф акад доц гр тов ген ул просп пр-т бул",
        "sk": "ing mgr bc doc mudr judr phdr rndr csc p",
        "sl": "g ga gdč mag doc",
        "sv": "hr fr frk",
        "tr": "doç yrd öğr av sn müh hz alb",
        "uk": "проф акад доц ім св гр ген інж вул просп бульв пров",
    },
    INNER: {
        _ALL: "e.g i.e cf vs viz",
        "af": "bv d.w.s nl o.a",
        "bg": "напр т.е т.нар вж",
        "ca": "p.ex",
        "cs": "např tzv tj tzn resp popř apod cca mj sv",
        "da": "bl.a f.eks dvs pga ca evt inkl ifm mht hhv jf kl",
        "de": """
            z.b d.h z.t ca bzw vgl ggf sog sogen evtl inkl exkl zzgl abzgl bzgl bspw max min mind u.u i.d.r m.e o.g
            geb gest dergl einschl insb insbes ev kath a.d i.d i.v v.a a.m rd r.i.p gem lt lfd zw ehem
        """,
        "el": "π.χ δηλ βλ",
        "en": "eg ie approx incl excl esp resp max avg a.k.a w.r.t ca c.f",
        "es": "p.ej ej aprox máx mín",
        "et": "nt jne st s.t",
        "fi": "esim mm ns ts eli n ko mukaanl ks vrt",
        "fr": "p.ex c.-à-d env ex cf max min",
        "hr": "npr tj tzv odn",
        "hu": "pl ún kb ill vö stb.-t max min",
        "it": "es p.es ad.es ecc.-t ca cfr c.d",
        "lt": "pvz t.y pan",
        "lv": "piem t.i",
        "nl": "bijv bv d.w.z o.a m.b.t i.v.m t.a.v a.u.b nl resp ca max min evt incl excl z.g zgn",
        "no": "bl.a f.eks dvs pga ca evt inkl mht jf kl",
        "pl": "np tzn tzw m.in tj ok ew wg ds",
        "pt": "p.ex ex aprox máx mín",
        "ro": "de.ex ex aprox",
        "ru": "т.е т.к т.н напр см ср т.о прибл макс мин тыс млн млрд",
        "sk": "napr tzv tj resp cca",
        "sl": "npr t.i oz tj",
        "sv": "bl.a t.ex dvs pga ca inkl exkl s.k kl jfr",
        "tr": "örn yak bkz",
        "uk": "напр т.зв див пор тис млн млрд т.б",
        "vi": "ts ths gs pgs tp bs",
    },
    NUMBER: {
        _ALL: "fig figs vol pp n° nº n.º",
        "cs": "č str obr kap odst",
        "da": "nr s kap bd fig stk",
        "de": "nr s abb tab kap bd art abs bl hs teil",
        "en": "app ch chap eq eqs eqn no nos p para pt sec sect secs tab ver art ref refs §",
        "es": "núm nº n.º pág págs cap art tel",
        "fi": "nro s kpl",
        "fr": "no n° nos p chap art tél al",
        "hr": "br str čl",
        "hu": "sz o old",
        "it": "n nn pag pagg cap art tel",
        "nl": "nr blz p hfst art tel",
        "no": "nr s kap fig",
        "pl": "art godz nr nry poz str rozdz tel ust pkt al pl rys tab",
        "pt": "cap nº núm pág págs art tel",
        "ro": "nr pag art tel",
        "ru": "гл рис стр ст с табл п пп тел им",
        "sk": "č str obr",
        "sl": "št str čl",
        "sv": "nr s kap fig st",
        "tr": "no s sf",
        "uk": "гл рис стор ст с табл п",
    },
    CLOSING: {
        _ALL: "etc",
        "af": "ens",
        "ar": "إلخ",
        "ca": "etc",
        "bg": "др т.н",
        "cs": "atd atp aj apod",
        "da": "osv mv",
        "de": "usw usf u.s.w etc dgl u.ä o.ä u.v.m u.a.m",
        "el": "κ.λπ κλπ κ.ά κ.α",
        "es": "etc",
        "et": "jne jms",
        "fi": "jne yms ym",
        "fr": "etc",
        "hr": "itd itsl",
        "hu": "stb",
        "it": "ecc",
        "lt": "t.t kt",
        "lv": "utt u.c",
        "nl": "enz enzv e.d",
        "no": "osv mv",
        "pl": "itd itp i.t.d i.t.p",
        "ro": "ș.a.m.d etc",
        "ru": "т.д т.п др пр",
        "sk": "atď ap",
        "sl": "itd ipd",
        "sv": "osv m.m m.fl",
        "tr": "vb vs",
        "uk": "т.д т.п ін",
    },
    TIME: {
        _ALL: "a.m p.m",
    },
    DAY: {
        _ALL: "jan feb apr aug sept okt oct nov dec dez",
        "de": "mo di mi do fr sa so mär mrz jun jul sep",
        "en": "mon tue tues wed thu thur thurs fri sat sun mar jun jul sep",
        "es": "lun mié jue vie sáb ene abr ago dic",
        "fr": "lun mer jeu ven sam dim janv févr avr juil déc",
        "nl": "ma di wo do vr za zo mrt",
    },
    OTHER: {
        "de": "u.a s.o s.u pers mio mrd tsd std str hrsg verf jh jhdt jhd n.chr v.chr tel fa mwst stk usa",
        "en": """
            mass wash abbrev cit exec ff ibid loc reg yd al assn attys ave blvd bldg bros co comm com corp dept deg
            aff spp subsp gal qt dist div ed eds edn est govt hr hrs inc inst int intl jr sr ltd mfg mgr mgmt min mins
            misc natl no op org oz lb lbs ph.d rd st std subj tel temp tech univ sq u.s u.s.a u.k u.n e.u wk yr yrs mo
            mos
        """,
        "es": "pers ee uu ud uds vd vds cía ltda avda dpto admón",
        "fr": "pers cie éd dép av bd boul hab apr",
        "it": "dir ed soc uff",
        "pl": "ha r w zł gr tys mln mld zob por al os woj pow",
        "pt": "av ltda cia ed dep",
        "ru": "г гг в вв руб коп обл р-н о тел долл",
        "uk": """
            авт г д дм дол кв кг км л мм о пл пп см т ч чл буд вид вип град енцикл журн зб іл кн мист нар наук
            нац од обл оз поч пров ред спец укр худ год хв га р рр ст м грн коп р-н
        """,
    },
}

_ORDINARY = {
    "de": "art man mag in no me miss so di do mi hand may ill ass sa fa teil",
    "en": """
        al app art arc bart cal con del det ed est exp fed fri fig id ill in ind ing int ken la man mar mass may me med
        min mission miss no ok op ore org pa que rep res sat sen sun tab temp ver wash wed pt para p.s
    """,
    "es": "no me la ed con un sin es sur id mi",
    "fr": "ed al me no ex mer sam or art",
    "it": "no ed es on sig in con di la si mi avv",
    "nl": "art ir mr nl man ma za do bot",
    "pt": "no ex me ed as em",
}
"""Abbreviations that are words as well: before a capital letter, they end a sentence if written small."""

_LISTED_IN_LATIN = frozenset(["ca", "cs", "da", "de", "en", "es", "fi", "fr", "gl", "it", "nl", "pl", "pt", "sk"])
_LISTED = _LISTED_IN_LATIN | {"ar", "bg", "bn", "el", "gu", "hi", "mr", "ru"}
"""Languages of whose own abbreviations all releases of sentencex have a list; for others it takes those of English."""

_NOT_LISTED = {
    "de": "abbrev cit eg exec ibid ie ll loc man mass pres re reg wash",
    "en": "ba ll ma man mi ne re se",
}
"""Words that some releases of sentencex take for abbreviations, and others do not."""

_UNVOICED_LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})
"""Languages without words of consonants only, so that *mfr.* and *Bldg.* must be abbreviations."""

_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ")


@lru_cache(maxsize=1)
def _kinds() -> dict[tuple[str, str], str]:
    kinds: dict[tuple[str, str], str] = {}
    for kind, words_by_language in _TABLES.items():
        for language, words in words_by_language.items():
            for word in words.split():
                kinds.setdefault((language, word), kind)
    return kinds


@lru_cache(maxsize=200_000)
def abbreviation_kind(word: str, language: str) -> Optional[str]:
    """Return what an abbreviation stands before, None for other words.

    Parameters
    ----------
    word
        Without the full stop, as written.
    language
        ISO 639-1 code.
    """
    kinds, small = _kinds(), word.lower()
    kind = kinds.get((language, small)) or kinds.get((_ALL, small))
    if language == "en" and not word[:1].isupper() and kind in (DAY, TITLE):
        return OTHER if kind == TITLE else None
    if language == "de" and small.endswith("str"):  # Lindenstr., as Lindenstraße
        return OTHER
    return kind or (OTHER if _is_known(word, language) or _has_no_vowel(word, language) else None)


def is_ordinary(word: str, language: str) -> bool:
    """Return whether an abbreviation is written like a word of the language."""
    return word in _words(_ORDINARY, language)


def _words(table: dict[str, str], language: str) -> list[str]:
    return table.get(language, "").split()


@lru_cache(maxsize=10_000)
def is_exclamation(word: str, language: str) -> bool:
    """Return whether a word has an exclamation mark of its own, such as *Yahoo!*."""
    return word.isalpha() and _is_one_sentence(f"{word}! Aa", language)


def _is_known(word: str, language: str) -> bool:
    """Return whether sentencex takes a word for an abbreviation of its language, not of English instead."""
    small = word.lower()
    if language not in (_LISTED_IN_LATIN if small.isascii() else _LISTED) or small in _words(_NOT_LISTED, language):
        return False
    if not small.replace("-", "").replace("'", "").isalpha():
        return False
    return any(_is_one_sentence(f"{form}. Aa", language) for form in (word, small, small.capitalize()))


def _is_one_sentence(text: str, language: str) -> bool:
    try:
        return len(list(sentencex.segment(language, text))) == 1
    except BaseException as error:
        # A panic of the splitter, which is written in Rust, is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        return False


def _has_no_vowel(word: str, language: str) -> bool:
    """Return whether a word of one capital letter at most has no vowel, such as *Mfg* or *brgds*."""
    letters = word.lower()
    return (
        language in _UNVOICED_LANGUAGES
        and 2 <= len(word) <= 5
        and word[1:].islower()
        and letters.isalpha()
        and letters.isascii()
        and len(set(letters)) > 1
        and _VOWELS.isdisjoint(letters)
        and letters not in ("hmm", "shh", "psst", "pst", "pfft", "brrr", "nth")
    )
