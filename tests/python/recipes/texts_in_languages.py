"""Texts on football and on cooking in twelve languages, built so that the words of each theme are known."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Sentences on one thing, and words that several of them share and none of the other theme has."""

    sentences: tuple[str, ...]
    words: frozenset[str]


class Sample(NamedTuple):
    """Two themes in a language, and some of its stop words that are in their sentences."""

    football: Theme
    cooking: Theme
    stop_words: frozenset[str]
    joined_by: str = " "

    def texts(self) -> list[str]:
        """Return twelve texts on football, then twelve on cooking, each of two sentences: every pair of neighbours."""
        return [
            self.joined_by.join((sentences[first], sentences[(first + step) % len(sentences)]))
            for sentences in (self.football.sentences, self.cooking.sentences)
            for step in (1, 2)
            for first in range(len(sentences))
        ]


def _theme(words: str, *sentences: str) -> Theme:
    return Theme(sentences, frozenset(words.split()))


SAMPLES = {
    "en": Sample(
        _theme(
            "team match goal goalkeeper",
            "The team won the match in the last minute.",
            "The goalkeeper saved the team in the second half.",
            "The match ended with a goal by the captain.",
            "A late goal by the striker decided the match.",
            "The trainer praised the team and the goalkeeper.",
            "The goalkeeper could not stop the second goal.",
        ),
        _theme(
            "soup onions salt garlic",
            "Cook the soup with onions and a little salt.",
            "Fry the onions in oil with garlic.",
            "The soup needs more salt and garlic.",
            "Cut the garlic and add it to the soup.",
            "Bake the bread with oil and salt.",
            "Serve the bread with onions and oil.",
        ),
        frozenset({"the", "and", "with", "in"}),
    ),
    "fr": Sample(
        _theme(
            "gardien match but joueurs",
            "Le gardien a sauvé le match à la dernière minute.",
            "Le match a commencé par un but du capitaine.",
            "Les joueurs ont marqué un but avant la pause.",
            "Le gardien a arrêté le ballon devant les joueurs.",
            "Les joueurs ont perdu le match dans leur stade.",
            "Un but contre le gardien a rempli le stade de joie.",
        ),
        _theme(
            "soupe sel carottes beurre",
            "Faites cuire la soupe avec du sel et des carottes.",
            "Coupez les carottes et mettez du beurre dans la poêle.",
            "La soupe a besoin de sel et de poivre.",
            "Ajoutez le beurre et le poivre à la sauce.",
            "La sauce est bonne avec du sel et du beurre.",
            "Servez la soupe avec les carottes et le poivre.",
        ),
        frozenset({"le", "la", "du", "avec", "dans"}),
    ),
    "de": Sample(
        _theme(
            "torwart mannschaft spiel tor",
            "Der Torwart rettete die Mannschaft in der letzten Minute.",
            "Die Mannschaft gewann das Spiel durch ein spätes Tor.",
            "Das Spiel endete nach einem Tor vom Kapitän.",
            "Der Trainer lobte die Mannschaft und den Torwart.",
            "Der Torwart konnte das zweite Tor nicht verhindern.",
            "Der Trainer sah das Spiel allein im Stadion.",
        ),
        _theme(
            "suppe zwiebeln knoblauch salz",
            "Kochen Sie die Suppe mit Zwiebeln und etwas Salz.",
            "Braten Sie die Zwiebeln mit Knoblauch in der Pfanne.",
            "Die Suppe braucht noch Salz und Pfeffer.",
            "Der Knoblauch kommt mit Pfeffer in die Suppe.",
            "Das Brot schmeckt mit Butter und Salz.",
            "Servieren Sie das Brot mit Zwiebeln und Knoblauch.",
        ),
        frozenset({"die", "der", "mit", "und", "in"}),
    ),
    "es": Sample(
        _theme(
            "portero partido gol jugadores",
            "El portero salvó el partido en el último minuto.",
            "El partido terminó con un gol del capitán.",
            "Los jugadores marcaron un gol antes del descanso.",
            "El portero paró el balón ante los jugadores.",
            "Los jugadores perdieron el partido en su estadio.",
            "El segundo gol contra el portero llenó el estadio de alegría.",
        ),
        _theme(
            "sopa cebolla ajo",
            "Cocine la sopa con cebolla y un poco de sal.",
            "Fría la cebolla con ajo en la sartén.",
            "La sopa necesita más sal y pimienta.",
            "Añada el ajo y la pimienta a la sopa.",
            "El pan está rico con aceite y sal.",
            "Sirva el pan con cebolla, ajo y aceite.",
        ),
        frozenset({"el", "la", "con", "en", "los"}),
    ),
    "ru": Sample(
        _theme(
            "вратарь матч гол команда",
            "Вратарь всё же спас матч на последней минуте.",
            "Команда выиграла этот матч благодаря капитану.",
            "Капитан забил гол перед самым перерывом.",
            "Вратарь и вся команда были очень рады победе.",
            "Вратарь не смог отбить второй гол.",
            "Команда забила ещё один гол, и матч был выигран.",
        ),
        _theme(
            "суп лук чеснок соль",
            "Сварите суп и добавьте соль и лук.",
            "Пожарьте лук и чеснок на сковороде.",
            "Добавьте в суп ещё соль и перец.",
            "Положите в этот суп чеснок и чёрный перец.",
            "Хлеб, масло и соль стоят на столе.",
            "Подайте свежий хлеб и нарежьте лук и чеснок.",
        ),
        frozenset({"и", "на", "не", "в"}),
    ),
    "el": Sample(
        _theme(
            "τερματοφύλακας ομάδα γκολ",
            "Ο τερματοφύλακας έσωσε την ομάδα στο τελευταίο λεπτό.",
            "Η ομάδα κέρδισε τον αγώνα με ένα γκολ.",
            "Ο αρχηγός έβαλε γκολ πριν από το διάλειμμα.",
            "Ο προπονητής επαίνεσε την ομάδα και ο τερματοφύλακας χάρηκε.",
            "Ο τερματοφύλακας δεν έπιασε το δεύτερο γκολ.",
            "Ο προπονητής είδε τον αγώνα από το γήπεδο.",
        ),
        _theme(
            "σούπα κρεμμύδι σκόρδο αλάτι",
            "Βράστε τη σούπα με κρεμμύδι και λίγο αλάτι.",
            "Τηγανίστε το κρεμμύδι με σκόρδο στο τηγάνι.",
            "Η σούπα θέλει ακόμα αλάτι και πιπέρι.",
            "Βάλτε το σκόρδο και το πιπέρι στη σούπα.",
            "Το ψωμί είναι νόστιμο με λάδι και αλάτι.",
            "Σερβίρετε το ψωμί με κρεμμύδι και σκόρδο.",
        ),
        frozenset({"το", "και", "με", "από"}),
    ),
    "ar": Sample(
        _theme(
            "الحارس الفريق المباراة",
            "أنقذ الحارس الفريق في الدقيقة الأخيرة.",
            "فاز الفريق في المباراة بعد هدف القائد.",
            "سجل القائد الهدف قبل نهاية المباراة.",
            "شكر المدرب الفريق ومدح الحارس.",
            "لم يستطع الحارس منع الهدف الثاني.",
            "شاهد المدرب المباراة من الملعب.",
        ),
        _theme(
            "الحساء البصل الثوم الملح",
            "اطبخ الحساء مع البصل وقليل من الملح.",
            "اقل البصل مع الثوم في الزيت.",
            "يحتاج الحساء إلى الملح والفلفل.",
            "أضف الثوم إلى الحساء مع الليمون.",
            "الخبز لذيذ مع الزيت أو الملح.",
            "قدم الخبز مع البصل أو الثوم.",
        ),
        frozenset({"مع", "من", "في", "إلى"}),
    ),
    "hi": Sample(
        _theme(
            "गोलकीपर टीम गोल मैच",
            "गोलकीपर ने आखिरी मिनट में टीम को बचाया।",
            "टीम ने एक गोल से मैच जीता।",
            "कप्तान ने मैच में शानदार गोल किया।",
            "कोच ने टीम और गोलकीपर की तारीफ की।",
            "गोलकीपर दूसरा गोल रोक नहीं सका।",
            "कोच ने मैच मैदान से देखा।",
        ),
        _theme(
            "सूप प्याज लहसुन नमक",
            "सूप में प्याज और थोड़ा नमक डालें।",
            "प्याज को लहसुन के साथ तेल में भूनें।",
            "इस सूप में नमक और मिर्च कम है।",
            "लहसुन और मिर्च को सूप में मिलाएँ।",
            "रोटी तेल और नमक के साथ अच्छी लगती है।",
            "रोटी को प्याज और लहसुन के साथ परोसें।",
        ),
        frozenset({"में", "और", "को", "के"}),
    ),
    "zh": Sample(
        _theme(
            "守门员 球队 比赛",
            "守门员在最后一分钟救了球队。",
            "球队靠一个进球赢得了比赛。",
            "队长在比赛结束前打入一个进球。",
            "教练表扬了球队和守门员。",
            "守门员没有挡住第二个进球。",
            "教练在体育场观看了比赛。",
        ),
        _theme(
            "洋葱 大蒜 食盐",
            "我们煮汤的时候加入洋葱和食盐。",
            "你们先把洋葱跟大蒜放进锅里，炒几分钟就行了。",
            "这个汤还需要食盐和胡椒。",
            "我们还要在汤里加入大蒜和胡椒。",
            "他们说面包加黄油和食盐很好吃。",
            "这种面包可以跟洋葱、大蒜一起吃。",
        ),
        frozenset({"一个", "这个", "可以"}),
        joined_by="",
    ),
    "ja": Sample(
        _theme(
            "キーパー チーム ゴール 試合",
            "キーパーが最後の一分でチームを救いました。",
            "チームはゴールを決めて試合に勝ちました。",
            "主将は試合の前半にゴールを決めました。",
            "監督はチームとキーパーを褒めました。",
            "キーパーは二回目のゴールを防げませんでした。",
            "監督は試合を競技場から見ました。",
        ),
        _theme(
            "スープ トマト バター 野菜",
            "スープに野菜とトマトを入れます。",
            "トマトとバターをフライパンで炒めます。",
            "このスープには野菜とチーズが必要です。",
            "バターとチーズをスープに加えます。",
            "パンは野菜とチーズでおいしいです。",
            "パンをトマトとバターと一緒に出します。",
        ),
        frozenset({"です", "ます", "この"}),
        joined_by="",
    ),
    "th": Sample(
        _theme(
            "ทีม ฟุตบอล ประตู กัปตัน",
            "ทีมฟุตบอลยิงประตูในนาทีสุดท้าย",
            "ทีมชนะเพราะกัปตันยิงประตู",
            "กัปตันเตะลูกบอลเข้าประตู",
            "ผู้ฝึกสอนชมทีมและกัปตัน",
            "แฟนฟุตบอลดูทีมในสนาม",
            "กัปตันเล่นฟุตบอลและยิงประตูในสนาม",
        ),
        _theme(
            "ซุป กระเทียม เกลือ น้ำมัน",
            "ต้มซุปกับกระเทียมและเกลือ",
            "ทอดกระเทียมในน้ำมันกับพริก",
            "ซุปนี้ต้องใส่เกลือและพริก",
            "ใส่กระเทียมและพริกในซุป",
            "ขนมปังอร่อยกับน้ำมันและเกลือ",
            "กินขนมปังกับกระเทียมและน้ำมัน",
        ),
        frozenset({"และ", "ใน", "กับ"}),
    ),
    "tr": Sample(
        _theme(
            "kaleci takım gol maç",
            "Kaleci son dakikada çok iyi bir maç çıkardı.",
            "Takım bir gol daha attı ve maç bitti.",
            "Kaptan ilk yarıda harika bir gol attı.",
            "Teknik direktör için takım ve kaleci çok önemli.",
            "Kaleci ikinci gol için çok üzgün.",
            "Takım için bu maç çok zor geçti.",
        ),
        _theme(
            "çorba soğan sarımsak tuz",
            "Çorba için soğan ve biraz tuz gerekli.",
            "Soğan ve sarımsak tavada kızarır.",
            "Bu çorba biraz daha tuz ve biber ister.",
            "Sarımsak ve biber ile çorba çok lezzetli.",
            "Ekmek üzerine tereyağı ve tuz koyun.",
            "Ekmek, soğan ve sarımsak ile çok lezzetli.",
        ),
        frozenset({"ve", "bu", "çok", "için"}),
    ),
}
