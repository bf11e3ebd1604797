"""Which language a text is written in: by its script, common words and letters of its own.

For texts that are found by their sounds: a language taken for a near one does no harm, one that
nobody can tell is left open.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from editor.document import ends_sentence

#: What a script is called in Unicode, and the language that is written in it, or most of what is.
_BY_SCRIPT = {
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CJK": "zh",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "TIBETAN": "bo",
}
#: Words that make up a large part of any text in a language, and hardly of one in others of its
#: script. Behind a bar, letters that others do not have.
_COMMON = {
    "LATIN": """
    af die en van het nie is vir hulle wat ek sy met dat ook sal jy ons hy my alle word te
    az və bu bir ilə üçün olan da də ki mən sən biz onlar deyil var |ə
    br ar ha an eo da ket evit war gant pe zo hag ma
    ca el els les i que és no per amb una del dels més són però aquest també ho va
    cs a je se na v že to s z do jsem jako ale by si jeho ve pro jsou tak být |ěřů
    cy y yr a yn mae ar i o wedi bod ei ac gan am nid oedd sydd fel ni ond
    da og i at det en er ikke til de på jeg der med han af for den som har vi også af hvad
    de der die und das ist nicht ich ein eine zu mit den auf sich dem auch von sie wir er hat im für
    de einen einem aber wie oder so noch nach bei zwei sind wenn war meine mein uns kann man |ß
    en the and of to that is was you it with for this are have not they he she we my what be on
    en as by from but his her there when which would your had were been their about could
    es el los que y las una por con para lo como está pero más muy su del al es un se mi cuando
    es sus nos hay fue ser ha son todo esta desde sobre hoy te le vamos hasta también sin yo
    et ja on ei et see ta ma kui oli ka mis aga siis kes oma nii ning kõik tema meie neid ole |õ
    eu eta da ez bat du zen dira ere izan baina hori duen edo zuen dute
    fi ja on ei se että hän oli mutta kun ovat mitä niin olen minä joka myös hänen hänellä vain jos
    fo og í at ikki er tað eg á til var ið við tey men sum hann
    fr le les et des est une que je pas pour dans vous du il elle avec ce tous sont aux mais nous |œ
    fr un et en qui sur plus son sa ses notre votre leur cette ma mon été fait être c'est par au
    gl o que e de non unha os do da máis pero como con é ao na moi
    ha da ya a na ba ta wani cewa kuma sun shi wannan yana
    ht nan ak pou yo li se yon ki te pa mwen nou gen sa ou men
    hr i je u se da na su za što s od nije kao ali će bio koji to kako bih svi ih ona ili
    hu a az és hogy nem is egy van ez meg de csak volt mint ha már azt vagy |őű
    id yang dan di itu dengan untuk tidak ini dari dalam akan pada saya mereka adalah ke bisa
    is og í að ekki er það ég á til var við þeir en sem hann um hún |ðþ
    it il di che è la non per una sono gli della ha con più anche un si mi questo come ma nel alla
    it dei ho lo ci sei loro perché quando essere stato molto delle suo sua tutti
    la et in est non ad cum ut sed quod qui ex esse sunt aut enim
    lb de an d'n ass dat net mat fir ech si vun op och en déi
    ln na ya ba ezali te yo mpo moto nde nini kasi oyo bato
    lt ir yra kad su tai ne iš buvo kaip į jis bet aš po jo ar už būti |įųė
    lv un ir ka ar no es tas bet par uz kā viņš nav tā bija arī vai |āēīūģķļņ
    mg ny sy ary dia fa tsy ho amin izay no izany
    mi te ki i ko me e he ngā kua ka o tēnei
    mt il li ta u hu ma jew f'mhux kien dan hija ukoll dawn |ħġċż
    nl het een van en ik dat niet zijn op voor met hij maar aan er de wordt worden zij ook te
    nn og i ikkje ein eg det er på til av som har dei med frå vere
    no og i ikke en jeg det er på til av som har de med fra for å vi også hva
    oc lo la los que e es de una per amb dins son mas aquò
    pl i w nie na się z do to że jest a o jak ale co po tak za |łżśńź
    pt o que não do uma os para com em da você mais isso são ao |ãõ
    pt é se por mas eu ele ela meu minha muito como no na dos das
    ro și în de la nu este cu o pe care din că mai sunt pentru un ce |țș
    sk a je sa na v že to s z do som ako ale by si jeho vo pre sú tak |ľĺŕ
    sl in je se da na v za so ki ni pa bil kot tudi sem bi pri tako
    sn uye ne kuti pa ku muna ndi vanhu asi kana zvino
    so iyo in oo uu ka ku waa ay waxa ah soo lagu
    sq dhe në të e një që nga me për është si nuk po ka jo kjo
    su jeung nu di anu teu aya ieu kana sareng ka éta
    sv och i att det en är inte till på jag som för med han av den har vi också ett
    sw na ya wa ni kwa wote huo hao zao katika la hii hiyo yake kuwa za lakini watu kama si
    tl ang ng sa na mga ay at hindi ko siya ito si para ka kung
    tr ve bir bu için da de çok ne ben ama daha gibi değil olan var ile o |ğı
    uz va bu bir uchun bilan emas men ham u lekin bo'lgan edi
    vi là và của không có một người những trong được cho |ơưđạảấầậắằặẹẻếềểệỉịọỏốồổộớờợụủứừửựỹ
    yo ni àwọn ti sí tí ó kan fún pé náà nínú
    """,
    "CYRILLIC": """
    ba һәм был менән бер өсөн ул тип да |ҙҫһ
    be і ў не на што з я гэта ён як але да яны |ўыэі
    bg и на да се не е за от че това като са но беше в с по към те или съм са ги й |ъ
    kk және бұл бір мен үшін емес деп ол бар |ұіы
    mk и на да се не е за од што ова како со но беше во сум или по |ѓќѕ
    mn нь байна юм бол энэ гэж бас нэг хүн байсан
    ru и в не на что я с он как это но к по из у за ты у них мы ее его был |ыэ
    sr и је у да се на не су за што од као али ће са по или би |ђћ
    tg ва дар ин аз ки ба бо барои нест ҳам |ҳҷӣ
    tt һәм бу белән бер өчен ул дип да |җһ
    uk і в не на що з я це він як але та до у є |їєґі
    """,
    "ARABIC": """
    ar في من على أن إلى هذا التي كان عن لا ما هو |ةأإ
    fa و در به از که این را با است آن برای می |ژ
    ps او په د چې دا له سره کې دی نه |ښځډړڼ
    sd ۽ جي ۾ جو آهي کان تي نه هن |ڏڊٻڄڳ
    ur کے میں کی ہے اور سے کا کو یہ ہیں نہیں پر |ٹڈڑےہ
    """,
    "DEVANAGARI": """
    hi है के में की और से का को यह हैं नहीं पर
    mr आहे आणि या हा ते मध्ये नाही होते व ही
    ne छ र को मा यो पनि हो छन् गर्न लाई
    sa च न एव अपि तत् इति सः यत्
    """,
    "HEBREW": """
    he של את לא על זה הוא אני כי גם עם היא
    yi און די איז פון דער צו נישט ער אַז האט |ײװ
    """,
}
#: Languages that share most of their words: one is as good as the other.
_NEAR = ({"no", "nn", "da"}, {"id", "ms"}, {"bg", "mk"}, {"tt", "ba"}, {"gl", "pt"})
_NEAR_TO = {code: min(group) for group in _NEAR for code in group}
#: A text is in the language of which this share of its words is, at least so many, and so many
#: times as many as of the next.
_LEAST_SHARE, _LEAST_WORDS, _TIMES = 0.07, 1.5, 1.5
#: A script of which less than this share of the letters is shows nothing.
_LEAST_LETTERS = 0.5
#: So many words show a language.
_SAMPLE = 20_000
#: A sentence of fewer words is in the language of those around it, one of more is looked at in
#: parts.
_SENTENCE_WORDS, _LONGEST_SENTENCE = 5, 40
#: So much of a text in several languages is in its main one.
_MAIN_SHARE = 0.3
_MARKS = ".,;:!?\"'“”„«»()[]…–—-¿¡،؟。।"


def language_of_text(texts: Sequence[str]) -> str | None:
    """The language (ISO 639-1) of written words; None where unsure.

    >>> language_of_text("Der Hund und die Katze sind nicht im Haus .".split())
    'de'
    >>> language_of_text(["Καλημέρα"]), language_of_text(["Yes."])
    ('el', None)
    """
    texts = texts[:_SAMPLE]
    script = _script_of(texts)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    if script not in _COMMON:
        return None
    found = _scores(texts, script)
    ranked = sorted(found, key=lambda code: -found[code])
    if not ranked:
        return None
    best = ranked[0]
    near: set[str] = set().union(*(group for group in _NEAR if best in group))
    second = next((found[code] for code in ranked[1:] if code not in near), 0.0)
    count = sum(any(c.isalpha() for c in text) for text in texts)
    is_sure = found[best] >= max(_LEAST_WORDS, _TIMES * second, _LEAST_SHARE * count)
    return best if is_sure else None


def languages_of_words(
    texts: Sequence[str], main: str, *, can_be: Callable[[str], bool]
) -> list[str]:
    """The language (ISO 639-1) of each word: `main`, but for sentences that are in another.

    Such a sentence is long enough to show it, and in a language that it `can_be` in; shorter ones
    are in that of a sentence beside them. What most of the text seems to be in is `main`,
    whatever somebody named it.

    >>> lines = "He said that this is it. Der Hund und die Katze sind nicht da. And so it was."
    >>> languages_of_words(lines.split(), "en", can_be=lambda code: True)[5:8]
    ['en', 'de', 'de']
    """
    own = {main, main_language_of(texts) or main}
    own |= set().union(*(group for group in _NEAR if own & group))
    sentences = list(_sentences(texts))
    found: list[str | None] = []
    for first, end in sentences:
        is_long = end - first >= _SENTENCE_WORDS
        code = language_of_text(texts[first:end]) if is_long else None
        found.append(main if code in own else code if code and can_be(code) else None)
    languages: list[str] = []
    for n, (first, end) in enumerate(sentences):
        before = next((code for code in found[n::-1] if code), main)
        after = next((code for code in found[n:] if code), main)
        code = before if before == after else _likelier(texts[first:end], before, after, main)
        languages += [code] * (end - first)
    return languages


def _likelier(texts: Sequence[str], before: str, after: str, main: str) -> str:
    """Which of the languages around a short sentence it is in: `main` where nothing shows it."""
    script = _script_of(texts)
    found = _scores(texts, script) if script in _COMMON else {}
    one, other = found.get(before, 0.0), found.get(after, 0.0)
    return before if one > other else after if other > one else main


def main_language_of(texts: Sequence[str]) -> str | None:
    """The language of a text, or where that is unsure of most words in sentences that show it."""
    if whole := language_of_text(texts):
        return whole
    words: Counter[str] = Counter()
    for first, end in _sentences(texts):
        if code := language_of_text(texts[first:end]):
            words[code] += end - first
    code, count = max(words.items(), key=lambda one: one[1], default=("", 0))
    return code if count >= _MAIN_SHARE * len(texts) else None


def _sentences(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ranges [first, end) of words, each a sentence, long ones in parts."""
    first = 0
    for n, text in enumerate(texts, 1):
        if ends_sentence(text) or n - first == _LONGEST_SENTENCE or n == len(texts):
            yield first, n
            first = n


def _script_of(texts: Iterable[str]) -> str:
    """What Unicode calls the script of most letters; empty where there is none of them."""
    times: Counter[str] = Counter()
    for char, count in Counter(char for text in texts for char in text).items():
        if char.isalpha():
            times[unicodedata.name(char, "").split(" ")[0]] += count
    if times["HIRAGANA"] + times["KATAKANA"] > 0.1 * times["CJK"] > 0:
        return "HIRAGANA"
    script, count = max(times.items(), key=lambda one: one[1], default=("", 0))
    return script if count >= _LEAST_LETTERS * times.total() else ""


def _scores(texts: Iterable[str], script: str) -> dict[str, float]:
    """How many of the words are common in each language; those common in several count in part."""
    words, letters = _known(script)
    found: dict[str, float] = defaultdict(float)
    times = Counter(text.casefold().strip(_MARKS) for text in texts)
    for word, count in times.items():
        codes = words.get(word) or {code for char in word for code in letters.get(char, ())}
        kinds = len({_NEAR_TO.get(code, code) for code in codes})
        for code in codes:
            found[code] += count / kinds
    return found


@cache
def _known(script: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The languages of each common word, and of each letter that is a language's own."""
    words, letters = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for line in _COMMON[script].strip().splitlines():
        common, _, own = line.partition("|")
        code, *known = common.split()
        for word in known:
            words[word].add(code)
        for char in own:
            letters[char].add(code)
    return words, letters
