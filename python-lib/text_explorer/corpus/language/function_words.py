"""Function words that the lists of stop words lack, by language, and words that the lists should not have."""

from __future__ import annotations

FUNCTION_WORDS = {
    "af": (
        "wees ook hierdie daardie julle hul u jul moet wil mag kon wou sou moes word geword geen nooit altyd "
        "nog reeds slegs net dan nou hier waar wanneer hoe hoekom waarom wie watter omdat want of indien "
        "terwyl sodat tot deur oor onder tussen tydens voor teen sonder binne buite volgens vanaf ander elke "
        "enige sommige meer minder self jouself myself haarself homself dis ja nee"
    ),
    "ar": "فقط أيضا أيضاً ليس ليست منه لأن",
    "bg": "онзи ѝ именно",
    "bn": "কখন কোথায় সকল ওটা সাথে",
    "ca": "tu ell ella estar cap",
    "cs": "mu jim měl též",
    "da": "mellem uden først således blevet",
    "el": "γιατί πάνω πάντα δύο",
    "eo": ("kun el kiel pri per ankaŭ tre tiuj ĉiuj kiuj kie kiam kial ĉar sen ĉe povas devas esti tiel tie kiom"),
    "et": (
        "ka ning kes või nagu ole veel juba alati mina sina tema meie teie nemad sinu meil teil neil tal sul olid "
        "oleme olete olema olla olnud ega kuid vaid sest kuigi kuni enne pärast üle all alla juures koos "
        "ilma vastu läbi kohta kus kust kuhu millal miks kuidas kelle mille keda seal sealt siit siia sinna "
        "nüüd ainult väga iga mõni mingi keegi need selles sellest sellele nende neid neile enda ise end "
        "saab saa võib peab tuleb ikka jälle alles just isegi samuti lihtsalt pigem enam rohkem mitte ju"
    ),
    "eu": (
        "dut duen baino dugu duzu daude dagoen zegoen behar nahi ari beren dela direla den diren gabe arte "
        "ondoren aurretik buruz orain oso bai beraz ala bakarrik guztiak gehiago"
    ),
    "fr": "déjà",
    "ga": (
        "tá bhí muid ea seo sin siúd bhfuil raibh bheith beidh níl nár má mura nuair orm ort air uirthi "
        "orainn orthu agam agat aige aici againn acu dom duit di dúinn dóibh liom leat léi linn leo cad cé "
        "conas cathain freisin féin eile anois ansin anseo"
    ),
    "gl": "como máis ás estas son só xa onde quen porque sen entre ata todo todos toda todas outro outra cada",
    "gu": "હતો મારા મારી તેમના તમારા અમારા કંઈ સાથે",
    "he": "עוד זו הייתה היו מאוד כבר לך בו בה בהם ממנו אלא לפי",
    "hi": (
        "मैं हम तुम मेरा मेरी मेरे हमारे हमारी तुम्हारा आपके आपका मुझे हमें क्या क्यों कब कहाँ कहां कैसे सब अगर परंतु बल्कि गई गए रही हूँ हूं जाता"
    ),
    "hr": (
        "ima imaju imao imala može mogu možemo više manje one im ovaj ovo ovi ove toga tog tom onaj kad gdje "
        "zašto tko dok dakle međutim također niti bez između prema poslije tijekom kod zbog radi oko pri "
        "svaki nitko ništa jako ovdje tamo sada uvijek nikada opet čak upravo bude budu treba"
    ),
    "hu": "valóban",
    "hy": (
        "եւ չի բայց մեր ինչ ինձ քեզ նրան մեզ ձեզ նրանց իմ քո ձեր իրենց չէ չեմ չեն չէր եթե երբ որտեղ ինչպես "
        "ինչու ով երբեք միշտ միայն արդեն դեռ նույնպես շատ բոլոր ամեն որոշ առանց մասին մինչև միջև տակ առաջ "
        "դեպի որպեսզի քանի քանզի թե թեև ապա այո ոչ կա չկա լինել եղել պետք կարող այստեղ այնտեղ հիմա այսպես "
        "այդպես"
    ),
    "id": "nya",
    "it": "né sé lì",
    "ja": "だけ",
    "km": (
        "និង ជា នៃ ដែល មាន នៅ ក្នុង បាន ទៅ ពី នេះ នោះ មិន ខ្ញុំ គាត់ របស់ ដោយ ឬ នឹង ត្រូវ ឱ្យ អោយ ឲ្យ ទេ ក៏ "
        "តែ ប៉ុន្តែ យើង គេ នាង អ្នក វា ពួក ហើយ ដើម្បី សម្រាប់ ជាមួយ លើ ក្រោម មក ដល់ ថា បើ ប្រសិនបើ ព្រោះ ដូច "
        "អ្វី ណា ទាំង គឺ មួយ ដែរ កំពុង រវាង តាម នូវ ចំពោះ អំពី ទើប វិញ អស់ ផង"
    ),
    "ko": (
        "수 또는 나는 하는 그녀 는 도 보다 처럼 그는 그녀는 우리는 저는 너는 그들은 그것 그런 저런 이렇게 "
        "그렇게 모든 매우 아주 너무 더 가장 다시 이미 아직 있는 없는 있었다 없다 없이 같은 하고 하며 한다 "
        "했다 하여 해서 된다 되는 되어 된 됐다 이다 입니다 있습니다 합니다 했습니다 아니다 아닌 않은 않는 "
        "않다 않고 위해 위한 대한 대해 통해 때는 후 후에 전에 지금 거기 내 내가 제가 네가 우리가 나의 너의 "
        "우리의 나도 수가 것은 것을 것이 것이다 것으로"
    ),
    "la": (
        "enim igitur nam quoque sive ne nisi quia quoniam ubi unde quando quem quorum quarum cui cuius quid "
        "quis hunc hanc huius huic his hos has ille illa illud illi illum illam illo is ea id eius ei eum "
        "eam eo eos eas eis eorum ipse ipsa ipsum ego tu nos vos se sibi mihi tibi nobis vobis meus mea meum "
        "tuus tua suus sua suum suis noster vester esse esset erit erunt fuit fuerunt fuerat sit sint sum es "
        "sumus estis pro sub super inter contra post ante apud sine propter ob trans iam nunc tunc tum hinc "
        "inde ibi deinde semper numquam omnis omnes omnia magis minus itaque ergo an num"
    ),
    "lo": (
        "ແລະ ທີ່ ໃນ ຂອງ ເປັນ ບໍ່ ມີ ໄດ້ ຈະ ນີ້ ນັ້ນ ແຕ່ ກັບ ຈາກ ຂ້ອຍ ຫຼື ໃຫ້ ຫລື ຂ້າພະເຈົ້າ ເຈົ້າ ທ່ານ ລາວ "
        "ເຂົາ ພວກ ເຮົາ ມັນ ແມ່ນ ກໍ ກໍ່ ວ່າ ເພື່ອ ສໍາລັບ ສຳລັບ ໂດຍ ດ້ວຍ ຢູ່ ມາ ໄປ ແລ້ວ ຖ້າ ຫາກ ເພາະ ເມື່ອ ຄື "
        "ຕ້ອງ ຍັງ ທັງ ທຸກ ໃດ ຫຍັງ ໃຜ ນໍາ ນຳ ຕາມ ເຖິງ ອີກ ເຊິ່ງ ຊຶ່ງ ກຳລັງ ຄວນ ອັນ ເລີຍ"
    ),
    "lt": (
        "yra buvo jau jo ten čia jos jų juos jai jam jį ją jie ką kurie kurios kurį kurią kuriame kurių šie "
        "šios šį šią šio tie tos tą to tam esu esi esame esate būti būtų bus buvau buvome nėra nebuvo gali "
        "galima galėtų turi reikia todėl tuo tuomet dabar tada labai daug daugiau visi viskas niekas nieko būtent"
    ),
    "lv": (
        "es tas viņš nav to šis mēs vēl viņa viņi viņas viņu viņam viņai jūs tu mani tevi mums jums mūsu "
        "jūsu mans mana tavs savu sava savs savas sevi sev man tev šī šo šie šajā šīs tajā tie tās tos tam "
        "tai tiem kas ko kam kurš kura kuri kuru kur kad kāpēc kāds kāda cik būtu nebija nebūs nevar varētu "
        "jābūt viss visi visas visu katrs neviens nekas ļoti vairāk tagad tur šeit nekad vienmēr savukārt"
    ),
    "mr": (
        "मध्ये त्याने तिने त्यांनी त्यांच्या त्यांना आम्ही तुम्ही आपण तू मला तुला त्याला तिला आम्हाला "
        "तुम्हाला माझा माझी माझे माझ्या तुझा तुमचा तुमच्या आमचा आमच्या त्याचे तिचा तिचे तिच्या ज्या जो जी जे "
        "कोण कोणी कुठे केव्हा कधी कसे कशी किंवा परंतु जर कारण जेव्हा तेव्हा जिथे तिथे इथे फक्त सुद्धा देखील "
        "खूप अजून आधी नंतर पर्यंत साठी वर खाली बरोबर पासून कडे विषयी असतो असते असतात होतो नव्हते नव्हता नको "
        "त्यावेळी प्रत्येक हेच तेच च ना"
    ),
    "ms": (
        "dia aku kamu anda awak nya tak jangan harus mesti sangat kalau maka tapi namun agar sebab bahwa "
        "siapa bila bagaimana mengapa kenapa pun"
    ),
    "my": (
        "ပြီး သည် မှာ တွင် ဒီ ထို မ ကို နှင့် အတွက် သော ရှိ ဖြစ် သူ ငါ တဲ့ က များ တို့ သူတို့ ကျွန်တော် "
        "ကျွန်မ ဤ ဒါ အဲဒီ အဲ့ ပါ တယ် မည် ခဲ့ ပေ လည်း သို့ သို့မဟုတ် ဒါပေမဲ့ သို့သော် ဖြင့် မှ ရန် ဟု လို့ "
        "ဆို ဘူး နဲ့ ရဲ့ နေ လျှင် ရင် အား တစ် တခု တစ်ခု ဘာ ဘယ် ဘယ်လို ဘယ်သူ သာ ပဲ တော့ နိုင် ရ လိုက် လျက် "
        "တွေ ကြ သည့် မှု ပေမယ့် အပြင် ကြောင့် အဖြစ် အနက် အထိ"
    ),
    "nl": "zeer één zo'n",
    "no": (
        "ei veldig frå først gjøre forsøke våre vårt måtte bør burde fikk får gikk gjør går kommer allerede "
        "alltid aldri derfor dessuten enda enten fram frem gjennom hele igjen imidlertid ingenting litt neste "
        "nok nye nær ofte omkring rundt samt slike snart står sånne tidligere uansett utenfor videre flere "
        "annen annet bak foran blant langs unna kanskje heller hverken verken særlig deretter dermed nemlig "
        "altså hit dit"
    ),
    "pt": "porém àquele àquela",
    "ro": "fiindcă își erau fiind însă așa decât niciun nicio altă veți",
    "ru": "ото",
    "sk": "kedy",
    "sl": (
        "še ampak torej zaradi ima imajo imel imela pač kateri katera katere kakšen ona ono tej tem teh svoj "
        "svoje svojo prek glede namesto razen kljub zato oziroma temveč niti bodisi namreč pravzaprav takrat "
        "nihče nima nimajo nisem nisi niso nismo niste itd šele"
    ),
    "so": (
        "iyo ah la ee aan isaga iyada anigu adigu innagu annagu idinku iyagu waxaa waxay waxaan waxaad wuxuu "
        "way wuu waan waad ma maya haa laakiin hase yeeshee haddii marka sida sidaas sidan taas tan kan kaas "
        "kuwa kuwaas halka hadda hore kadib dib hoos kor gudaha dhexe dhexeeya dhinaca kasta badan aana aanu "
        "inay inaan inaad ahayd ahaa yahay tahay yihiin jira leh lahaa lahayd aysan uusan aanan kula kaga "
        "loo loogu wax qof mid midka weli weliba sidoo isla mar balse ama mise xataa inta intii ayey ayay "
        "ayaan baa buu bay"
    ),
    "sw": (
        "hii si au ambao vya pa mwa hilo hili hizi hizo hawa hao huyu huyo hiki hicho hivi huu ule wale zile "
        "ile ambaye ambayo ambazo ambacho ambalo wewe sisi ninyi nyinyi yako yetu yenu wangu wako wetu wenu "
        "langu lako lake letu lao zangu zako zetu zao changu chake chao vyake ikiwa kwani ingawa bali ila "
        "mpaka kati kabla nje ambapo wapi lini nani gani vipi kwanini mbona atakuwa itakuwa ana wana ina "
        "zina hana hakuna kuna hapana ndiyo ndio hapa pale huko bado yote zote sote sio siyo ama wala ndipo "
        "ndicho nao nayo"
    ),
    "th": "ผม เธอ คุณ มัน พวกเขา ท่าน ใคร ไหน ทำไม",
    "tl": (
        "si mo kayo natin ninyo inyo niyan niyon iyan diyan rito riyan roon sina kina nina kay ngunit "
        "subalit upang nang pala lang rin ba po naman nga yata daw raw muna wala meron kailan gaano ayon "
        "gayon ganito ganyan ganoon opo oo pwede"
    ),
    "tr": "mi size onlara şimdi artık hala üzerinde arasında içinde",
    "uk": (
        "і в у не на щоб зі я ця ці цього цієї цьому цим цих той ті того тієї тому тим тих за по його йому "
        "їй їм ним нею них ній ньому нього мене мені мною тебе тобі тобою нас нами вами себе собі собою мій "
        "моя моє мої твій наш наша наше наші ваш ваша свій своя своє свої свого своєї своїх ще вже або "
        "тільки лише буде будуть немає нема якщо при над між перед через після біля крім серед проти теж хто "
        "кого кому ким куди звідки чому навіщо скільки яка яке які якого яких яким якій якому якою бо аби "
        "хоч проте однак зате ні ані ж би то ось саме дуже більше менше ніж можна може можуть треба потрібно "
        "вся всі всього всім кожен кожна кожний жоден ніхто ніщо нічого щось хтось тут там туди сюди тепер "
        "зараз тоді ніколи знову разом ледь зовсім о об а ну сам сама самі інший інша інші така таке такі "
        "таких деякі"
    ),
    "ur": (
        "میں سے کا کو اس نے بھی تھا وہ جو نہیں لیے ہم تم آپ ان اُن اُس انہیں اسے مجھے ہمیں تمہیں میرا میری "
        "میرے ہمارا ہمارے ہماری تمہارا اپنے اپنی اپنا کیا کہاں کیسے کون کچھ سب تمام اگر لیکن مگر بلکہ جب تب "
        "جہاں وہاں یہاں گیا رہا ہوتا کر کرنے کرتا جا جاتا جاتی جاتے ساتھ بعد نہ یا جس جن جسے ابھی اب بہت "
        "زیادہ والا والی انہوں انھوں وغیرہ"
    ),
    "vi": "chúng ta đâu mọi",
    "zh": "已经",
    "zu": (
        "noma ke yena wena lokhu lo le lesi lezi lolu lobu laba leyo lezo lowo labo yona zona bona thina "
        "nina sona lona yini ubani kuphi nini kanjani ngoba ngakho ngenxa kanti kuze kuba kube kukhona "
        "akukho yebo cha manje namhlanje phambi emva phakathi phezu ngaphansi ngaphezu phandle ngaphandle "
        "eduze kusuka kuya njengoba njenga kuphela konke wonke bonke yonke sonke lonke ngayo ngazo ngabo "
        "nabo nayo nawo naye nami nawe nathi yami yakho yethu yenu yabo wakho wethu wabo zami zethu zabo "
        "lami lokho lena lapha ngale ngalokho sekuyisikhathi sase base kwase wayengu yayi kwaku ngaleso "
        "nokho nokuthi okuthi ngokuthi"
    ),
}
"""Words between spaces; each list of the package stopwordsiso was compared with the commonest words of its language."""

CONTENT_WORDS = {
    "ar": "مليون",
    "bg": "живот",
    "de": "gott mensch menschen ordnung",
    "es": "pais paìs trabajo trabajar trabaja trabajan trabajas trabajais trabajamos empleo verdad",
    "fa": "مردم",
    "fr": "multiple multiples personne personnes sujet",
    "hi": "घर",
    "it": "citta città gente gruppo mondo paese registrazione uomo",
    "no": "arbeid folk makt tilstand",
    "pt": "apoio pessoas povo sistema trabalhar trabalho verdade viagem",
    "ru": (
        "вода война город деньги дверь дом дорога душа жена женщина жизнь земля книга комната машина мать мир мира "
        "москва народ отец работа работать ребенок россия русский рука советский стол страна товарищ улица человек"
    ),
    "sv": "beslut beslutat beslutit",
    "zh": "当地",
}
"""Words that the lists have though topics are about them; the English *work, world, people* are none either."""
