import pytest

from text_explorer.corpus.words.sentences import split_sentences


def sentences(text, language):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Yan et al. [2004] analysed the sea level of the North Sea.",
                "Their results, see Eq. (5) and Sec. [3], hold for the Baltic Sea.",
                "Later models by Lund et al. (2011) agree with the sea level data.",
            ],
        ),
        (
            "en",
            [
                "The plants of Acme open on Mon. and close on Fri. each week.",
                "The deal covers steel plants of Acme Inc. USA and its partners.",
                "Max. temperature of the steel is 900 deg. Celsius in the plants.",
            ],
        ),
        (
            "en",
            [
                "The nurse came at 5 p.m. Monday and checked the pump.",
                "The pump failed at 7 p.m.",
                "The nurse called Dr. Hale at once.",
            ],
        ),
        ("en", ["The Inst. of Health and the Univ. of Ohio study sleep.", "They report to Com. & Adm. each month."]),
        ("en", ["See Smith et al. [12] for the proof.", "It is long."]),
        ("en", ["As in Fig. (3), the curve rises.", "It falls later."]),
        ("en", ["Chap. [2] shows it.", "We agree."]),
        ("en", ["He works for the Dept. of Labor.", "She does not."]),
        ("en", ["The shop is closed on Sun. and Mon. in winter.", "It opens on Tues. at noon."]),
        ("en", ["Call at 9 a.m. Tuesday or at 3 p.m. EST.", "Do not call later."]),
        ("en", ["They met at 9 a.m.", "The chair was late."]),
        ("en", ["Set min. pressure to 3 bar.", "Check approx. values."]),
        ("en", ["Sales of Bolt Ltd. UK rose.", "Sales of Nut Corp. fell."]),
        ("en", ["The Natl. Assn. of Nurses met.", "It voted."]),
        ("en", ["He joined Bolt & Co. in May.", "He left Bolt & Co.", "It was sold."]),
        ("en", ["In Jan. 2020 it rose.", "In Feb. it fell."]),
        ("en", ["On Fri. March 3 we met.", "On Wed. evening we left."]),
        ("en", ["Gen. Lee met Sgt. Hill and Lt. Col. Ray.", "They spoke."]),
        ("en", ["The U.S. Senate met.", "He moved to the U.S.", "The trip was long."]),
        ("en", ["He has a Ph.D. in physics.", "She has an M.D.", "They work."]),
        ("en", ["Use e.g. Python or i.e. the language.", "It works."]),
        ("en", ["See pp. 12-15 and vol. II of the book.", "It is old."]),
        ("en", ["It weighs 5 lbs. and costs 3 dollars.", "It is small."]),
        ("en", ["Mr. and Mrs. Hale came.", "They sat."]),
        ("en", ["The bldg. at 5 Main St. is old.", "The one on Oak Ave. is new."]),
        ("en", ["We tested lamps, cables, etc. (see Table 2).", "All worked."]),
        ("en", ["We tested lamps, cables, etc., and wrote it down.", "All worked."]),
        ("en", ["Bring pens, paper etc.", "You will need them.", "Bring food etc.", "John will cook."]),
        ("en", ["Does it cost 5 dollars vs. 6 dollars?", "Yes."]),
        ("en", ["King Henry VIII. of England had six wives.", "He died."]),
        ("en", ["World War II.", "The end came."]),
        ("en", ["Is it plan B.", "It works."]),
        ("en", ["J. R. R. Tolkien wrote it.", "C. S. Lewis read it."]),
        ("en", ["It was he and I.", "Then we left."]),
        ("en", ["Please see No. 5 and Nos. 6 and 7.", "The answer is no.", "Nobody came."]),
        ("en", ["Version 2.0.1 is out.", "It costs $3.50.", "Buy it."]),
        ("en", ["Visit www.example.com.", "It is good."]),
        ("en", ["Acme Inc. announced a loss.", "Its shares fell."]),
        ("en", ["Washington, D.C. is hot.", "We live in Washington, D.C.", "It is hot."]),
        ("en", ['He said approx. "half" of it.', "OK."]),
    ],
)
def test_an_abbreviation_ends_no_sentence_before_brackets_numbers_names_or_days(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            [
                "Im 19. Jahrhundert wuchs die Stadt.",
                "Der 1. Bürgermeister ließ die 2. Brücke bauen.",
                "Beim 12. Versuch hielt sie.",
            ],
        ),
        ("de", ["Der 1. FC Köln baut im 3. Stock ein neues Büro.", "Es kostet 5 Millionen Euro."]),
        ("hu", ["A 19. század második felében épült a híd.", "A híd ma is áll."]),
        ("en", ["King Louis XIV. of France built the palace.", "It has many rooms."]),
        ("de", ["Am 3. Oktober feiern wir.", "Das 2. Kapitel ist lang.", "Ein 4. Platz genügt."]),
        ("de", ["Er wohnt im 5. Stock.", "Sie kam am 12. März 2020.", "Es war der 1. Versuch."]),
        ("de", ["Kaiser Wilhelm II. dankte ab.", "Ludwig XIV. Bourbon regierte."]),
        ("de", ["Sie trafen sich am 3. 5. 2020 in Bonn.", "Er ist 42.", "Sie ist 43."]),
        ("de", ["Er kam 1998.", "Berlin wuchs.", "Es war Platz 3.", "Maria lachte."]),
        ("de", ["Seine 2. Frau hieß Eva.", "Ihr 3. Kind kam."]),
        ("de", ["Der 1. Weltkrieg begann 1914.", "Der II. Weltkrieg endete 1945."]),
        ("hu", ["Az 1. fejezet rövid.", "A 3. kerületben lakik.", "A II. világháború véget ért."]),
        ("hu", ["IV. Béla király volt.", "1998. május 5. napján jött.", "Itt él."]),
        ("pl", ["Jan III. Sobieski był królem.", "W 19. wieku rosło miasto.", "Mieszka na 3. piętrze."]),
        ("pl", ["Dnia 1. maja świętujemy.", "Henryk IV. Walezy uciekł."]),
        ("cs", ["V 19. století rostlo město.", "Karel IV. založil univerzitu.", "Dne 1. ledna začal rok."]),
        ("da", ["Den 1. maj er fri.", "Christian 4. byggede slottet."]),
        ("no", ["Den 17. mai feirer vi.", "I det 19. århundre vokste byen."]),
        ("fi", ["Kokous pidettiin 3. toukokuuta.", "Se oli 2. kerta."]),
        ("tr", ["19. yüzyılda kent büyüdü.", "II. Mehmed kenti aldı."]),
        ("sl", ["V 19. stoletju je mesto raslo.", "Dne 1. maja praznujemo."]),
        ("sk", ["V 19. storočí rástlo mesto.", "Karol IV. založil univerzitu."]),
        ("hr", ["U 19. stoljeću grad je rastao.", "Dana 1. svibnja slavimo."]),
        ("fr", ["Louis XIV. de France construisit le palais.", "Il est grand."]),
        ("fr", ["Au XIXe siècle, la ville grandit.", "Napoléon Ier.", "Il fut empereur."]),
        ("et", ["19. sajandil kasvas linn.", "See oli 2. kord."]),
    ],
)
def test_an_ordinal_number_ends_no_sentence(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("hi", ["डॉ. शर्मा ने नई दवा का परीक्षण किया।", "प्रो. वर्मा ने परिणाम देखे।"]),
        ("mr", ["डॉ. जोशी यांनी औषध तपासले.", "प्रा. कदम यांनी निकाल पाहिले."]),
        ("bn", ["ডা. রায় ওষুধ পরীক্ষা করলেন।", "ড. সেন ফল দেখলেন।"]),
        ("hi", ["श्री. गुप्ता आए।", "श्रीमती. वर्मा गईं।", "पं. नेहरू बोले।"]),
        ("hi", ["ए. पी. जे. अब्दुल कलाम राष्ट्रपति थे।", "वे महान थे।"]),
        ("bn", ["ড. ইউনূস এলেন।", "প্রো. রহমান গেলেন।", "মো. আলী এলেন।"]),
        ("mr", ["श्री. पाटील आले.", "सौ. जोशी गेल्या.", "डॉ. कदम बोलले."]),
        ("gu", ["ડૉ. પટેલ આવ્યા.", "પ્રો. શાહ ગયા.", "તે સારા છે."]),
    ],
)
def test_a_title_in_a_language_of_india_ends_no_sentence(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "We sell apples, pears, plums etc.",
                "I like the plums best.",
                "We bake bread, rolls etc.",
                "Most people come for it.",
            ],
        ),
        ("de", ["Wir verkaufen Äpfel, Birnen usw.", "Die Birnen sind süß."]),
        ("en", ["He lives in the U.S.", "He likes the U.S. army.", "It was at 7 p.m.", "The room was full."]),
        ("fr", ["Il vend des pommes, des poires, etc.", "Les pommes sont bonnes."]),
        ("es", ["Vende peras, uvas, etc.", "Las uvas son buenas."]),
        ("it", ["Vende mele, pere ecc.", "Le mele sono buone."]),
        ("pl", ["Sprzedaje jabłka, gruszki itp.", "Jabłka są dobre."]),
        ("nl", ["Hij verkoopt appels, peren enz.", "De peren zijn zoet."]),
        ("ru", ["Он продаёт яблоки и т. д.", "Груши вкусные."]),
        ("de", ["Er kauft Obst, Brot etc.", "Morgen kocht er."]),
        ("de", ["Er kauft Obst, z. B. Birnen, d. h. viel.", "Sie isst u. a. Äpfel."]),
        ("sv", ["Han säljer äpplen, päron osv.", "De är goda."]),
        ("cs", ["Prodává jablka, hrušky atd.", "Jsou dobré."]),
    ],
)
def test_an_abbreviation_at_the_end_of_a_list_ends_its_sentence_before_a_capital_letter(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Wait... what is it?", "It works."]),
        ("en", ["He left (see Sec. 3).", "She stayed."]),
        ("en", ["She works at Yahoo! in May.", "He left."]),
        ("ru", ["Проф. Иванов и акад. Петров пришли.", "Они ушли."]),
        ("ru", ["А. С. Пушкин родился в 1799 г. в Москве.", "Он поэт."]),
        ("ru", ["См. рис. 5 и табл. 3.", "Город вырос в 1990 г.", "Он большой."]),
        ("uk", ["Проф. Іваненко живе на вул. Франка.", "Він старий."]),
        ("es", ["El Sr. López y la Dra. Ruiz llegaron.", "Son las 5 p. m.", "El tren sale."]),
        ("it", ["Il sig. Rossi e la dott.ssa Bianchi arrivano.", "È tardi."]),
        ("pt", ["O Sr. Silva e a Dra. Costa chegaram.", "É tarde."]),
        ("nl", ["Dhr. De Vries en mevr. Jansen komen.", "Het is laat."]),
        ("fr", ["M. Durand et Mme. Petit arrivent.", "Il est tard."]),
        ("pl", ["Prof. Nowak i dr. Kowalski przyszli.", "Jest późno."]),
        ("ar", ["جاء د. أحمد إلى المدينة.", "هل هو بخير؟", "نعم."]),
        ("el", ["Ήρθε ο κ. Παπαδόπουλος.", "Πότε;", "Χθες."]),
        ("hy", ["Նա եկավ։", "Նա գնաց։"]),
        ("en", ["I paid 5.", "She paid 6."]),
    ],
)
def test_other_languages_and_marks(language, expected):
    assert sentences(" ".join(expected), language) == expected
