"""The commonest function words of each language are stop words: they say nothing about a text."""

import pytest

from text_explorer.corpus.language.function_words import CONTENT_WORDS, FUNCTION_WORDS
from text_explorer.corpus.language.stop_words import all_stop_words, listed_stop_words, stop_words
from text_explorer.corpus.words.languages import LANGUAGES
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0, Preparation
from text_explorer.corpus.words.tokens import normal_form, tokenize

COMMONEST = {
    "af": "die en van is nie het in ek dat wat sy hy vir met om te wees was sal kan maar ook ons hulle",
    "ar": "في من على إلى عن مع هذا هذه التي الذي أن كان ما لا لم هو هي أو ثم كل قد بعد",
    "bg": "и на да се не за от в с че са по но как ще това като до беше той тя или ако още вече само",
    "bn": "এবং ও না এই যে করে হয় থেকে আমি তার তিনি জন্য কিন্তু একটি সে আমার কি আর ছিল হবে",
    "br": "ha da ar an ur a eo ne ket gant evit war e en em hag met pe",
    "ca": "i el la els les un una de que no per amb és en però com més ja seu són ha si o",
    "cs": "a se na v je že to s z do o i ale jak jsem jsou by pro už jen nebo když ještě být byl tak co ve",
    "da": "og i at det en den til er som på de med han af for ikke der var et har men om vi jeg du fra",
    "de": (
        "und der die das in zu den nicht von sie ist mit sich auf für ein eine dem auch es an als wie aber "
        "nur noch oder"
    ),
    "el": (
        "και το η ο να του της την είναι με για στο από που δεν θα τα οι των μια ένα ήταν αλλά στη στην τον "
        "τη σε αυτό έχει"
    ),
    "en": ("the and of to in a is it that was for on are with as be at he she they you but not from have this by or"),
    "eo": "la kaj de en estas al ne mi vi li ŝi ke por kun sed el ĝi kiel estis pri per da se",
    "es": "de la que el en y a los del se las por un una para con no su al es lo como más pero sus le ya o fue",
    "et": ("ja on ei see et kui ma ta ka oli aga siis nii oma ning mis kes või nagu selle olen seda ole veel juba"),
    "eu": "eta da ez bat du ere dira hau hori zen edo egin dut baina nola ziren izan duen",
    "fa": "و در به از که این را با است برای آن یک تا بر هم من او ما خود شد یا اما باید",
    "fi": ("ja on ei se että hän oli mutta kun en minä ovat niin myös tai kuin ole olen joka ne jos vain sitä nyt sen"),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec "
        "mais ou nous déjà"
    ),
    "ga": "an na agus ar i a is go le sé tá ag ní do bhí sí mé leis nach ach",
    "gl": "de e a o que en do da un unha para con non se os as por como máis pero é foi ao no na",
    "gu": "અને છે એ આ તે કે પણ માટે હતી હતા નથી હું મારા એક તો શું જે પર",
    "he": "של את על לא הוא היא זה אני עם כי גם אם או אבל מה כל היה יש אין הם רק כמו עוד",
    "hi": "के में है की का और से को पर यह भी वह ने हैं कि नहीं एक था लिए तो कर इस जो हो या मैं",
    "hr": (
        "i je u se na da su za od s ne što kao ali koji to o bi iz ima može sam samo biti smo nije ili više još već bio"
    ),
    "hu": "a az és hogy nem is egy meg ez de csak ha van volt mint már vagy még azt ki el lesz valóban",
    "hy": "և է որ եմ են ու այս մի ես նա չի հետ բայց կամ մեր իր էր նրա ինչ համար",
    "id": (
        "yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke ada adalah oleh kami atau karena bisa"
    ),
    "it": "di e che la il un a per in è non una si da con le del i sono ma come anche lo ha se nel o gli più né",
    "ja": "の に は を た が で て と し れ さ ある いる も する から な こと です ます この その",
    "km": "និង ជា នៃ ដែល មាន នៅ ក្នុង បាន ទៅ ពី នេះ នោះ មិន ខ្ញុំ គាត់ របស់ ដោយ ឬ",
    "ko": "이 그 저 것 수 등 및 그리고 하지만 그러나 또는 우리 나는 있다 하는 그녀 너 때문에 의 를",
    "la": "et in est non ad ut cum sed qui quod ex per hoc si quae aut ab sunt nec",
    "lo": "ແລະ ທີ່ ໃນ ຂອງ ເປັນ ບໍ່ ມີ ໄດ້ ຈະ ນີ້ ນັ້ນ ແຕ່ ກັບ ຈາກ ຂ້ອຍ ຫຼື ໃຫ້",
    "lt": "ir yra kad į iš su tai bet ne kaip apie buvo jau ar jis ji aš tik per nuo už dar taip jo",
    "lv": "un ir ka uz no ar par bet es tas viņš nav kā lai vai tikai bija jau arī to tā šis mēs vēl",
    "mr": "आणि आहे या हे ते की तो ती मी नाही पण होते आहेत काही व मध्ये असे केली एक",
    "ms": ("yang dan di itu ini dengan untuk tidak dari saya akan pada dalam ada dia kepada adalah oleh atau mereka"),
    "my": "ပြီး သည် မှာ တွင် ဒီ ထို မ ကို နှင့် အတွက် သော ရှိ ဖြစ် သူ ငါ တဲ့",
    "nl": "de van het een en in is dat op te zijn met voor niet die er aan om ook als maar ik hij ze nog bij",
    "no": "og i det er på en til som å han av for med at var de ikke den har jeg om et men vi så fra før først måtte",
    "pl": ("i w na nie się z do to że jest a o jak ale po od za co tak są tylko był czy już może przez jego jej dla"),
    "pt": (
        "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das à seu sua ou é"
    ),
    "ro": ("și în de la cu pe nu este din o un că să ce mai sunt dar pentru care a ca fi am lui sau are ei fost după"),
    "ru": "и в не на я что он с как это по но она у же вы за бы от мы до из так только ещё уже или если для",
    "sk": "a sa na v je že to s z do o ako ale si aj som nie by pre už len alebo keď bol ešte sú boli",
    "sl": (
        "in je se v na da za so ne pa z s ki ni bi to kot tudi ali še ampak torej zaradi ima pač od po že le sem ko"
    ),
    "so": "iyo waa oo ku ka in uu ah ay la ee aan ayaa",
    "sv": "och i att det som en på är av för med den till inte om ett han men var de jag har från kan vi så",
    "sw": "na ya wa kwa ni katika la za cha hii hiyo si kuwa au yake hata kama lakini sana ambao",
    "th": "และ ที่ ใน ของ เป็น ไม่ มี ได้ จะ นี้ ให้ กับ ว่า การ จาก แต่ ก็ หรือ ฉัน",
    "tl": "ang ng sa na at ay mga ni si ko ito hindi para kung siya ako mo pero may",
    "tr": "ve bir bu da de için ile ne çok gibi ama o olarak daha kadar var ben en ya mi her sonra",
    "uk": (
        "і в не на що з я до це та як за у він але по від його ще вже або тільки для був було вона якщо бути "
        "щоб про так"
    ),
    "ur": "کے میں کی ہے اور سے کا کو اس پر نے کہ یہ بھی ہیں تھا وہ جو نہیں ایک ہو لیے تو",
    "vi": "và của là có cho không được với các trong một đã này để những đó từ khi người ở nhưng",
    "zh": "的 了 在 是 我 和 不 有 他 这 也 就 都 而 及 与 着 或 一个 没有 我们 但 那",
    "zu": "futhi ukuthi kodwa noma lapho uma nje ke yena mina wena lokhu lo yona ngoba",
}
"""Written from general knowledge of the languages, not from the lists."""

CONTENT = {
    "ar": "مليون", "bg": "живот", "cs": "práce člověk škola", "da": "arbejde menneske skole",
    "de": "arbeit welt stadt mensch gott ordnung", "el": "εργασία πόλη σχολείο",
    "en": "work time world good people system problem", "es": "ciudad mundo escuela trabajo empleo",
    "et": "töö linn kool", "fa": "مردم", "fr": "travail monde ville multiple sujet", "hi": "घर",
    "hr": "posao grad škola", "hy": "աշխատանք քաղաք դպրոց", "it": "lavoro scuola strada città paese",
    "ko": "사람 학교 도시", "la": "bellum urbs rex", "lt": "darbas miestas mokykla",
    "lv": "darbs pilsēta skola", "no": "arbeid folk", "pt": "trabalho sistema povo", "ro": "oraș școală muncă",
    "ru": "война россия москва работа деньги", "sl": "delo mesto šola", "so": "magaalo dugsi", "sv": "beslut",
    "sw": "kazi mji shule", "uk": "робота місто школа", "ur": "شہر کام سکول", "zh": "当地",
    "zu": "umsebenzi idolobha isikole",
}  # fmt: skip


def test_every_language_has_a_row():
    assert sorted(COMMONEST) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", sorted(COMMONEST))
def test_the_commonest_function_words_are_stop_words(language):
    words = COMMONEST[language].split()
    assert len(words) >= 12
    assert set(words) - stop_words(language, Preparation()) == set()


@pytest.mark.parametrize("language", sorted(CONTENT))
def test_words_that_topics_are_about_are_not(language):
    assert set(CONTENT[language].split()) & stop_words(language, Preparation()) == set()


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_no_added_word_stands_in_the_table_of_additions_without_need(language):
    words = FUNCTION_WORDS[language].split()
    listed = stop_words(language, Preparation(reading_rules=RULES_OF_0_1_0))
    needed = [word for word in words if {token.term for token in tokenize(word, Preparation(), language)} - listed]
    assert words == list(dict.fromkeys(needed))


@pytest.mark.parametrize("language", sorted(CONTENT_WORDS))
def test_every_word_that_is_taken_from_a_list_is_in_it_and_no_stop_word(language):
    words = CONTENT_WORDS[language].split()
    listed = listed_stop_words(language, RULES_OF_0_1_0)
    assert words == [word for word in dict.fromkeys(words) if word in listed]
    assert set(words) & stop_words(language, Preparation()) == set()


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("el", "είναι"),
        ("el", "ειναι"),
        ("el", "εδώ"),
        ("lt", "iš"),
        ("lt", "į"),
        ("ro", "şi"),
        ("ro", "ȘI"),
        ("ro", "aceşti"),
    ],
)
def test_stop_words_are_found_in_all_spellings(language, word):
    assert normal_form(word, Preparation(), language) in stop_words(language, Preparation())


def test_lists_of_a_model_of_version_0_1_0_stay_as_at_training():
    old = Preparation(reading_rules=RULES_OF_0_1_0)
    assert {"још", "є", "на"} & stop_words("uk", old) == {"є"}
    assert "είναι" not in all_stop_words("el", old)
    assert not listed_stop_words("km", RULES_OF_0_1_0)
    assert listed_stop_words("en", RULES_OF_0_1_0) == listed_stop_words("en")


@pytest.mark.parametrize("word", ["oraşul", "ORAŞUL", "orașul"])
def test_romanian_letters_with_a_cedilla_are_those_with_a_comma(word):
    assert normal_form(word, Preparation(), "ro") == "orașul"


def test_other_languages_and_models_of_version_0_1_0_keep_the_cedilla():
    assert normal_form("iş", Preparation(), "tr") == "iş"
    assert normal_form("oraşul", Preparation(reading_rules=RULES_OF_0_1_0), "ro") == "oraşul"
