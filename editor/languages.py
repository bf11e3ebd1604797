"""The languages that recognition knows, by Whisper's codes, and what people call them."""

from __future__ import annotations

import re
from difflib import get_close_matches

from editor.errors import InvalidValue

#: Whisper's code of each language, which is ISO 639-1 where there is one, and its English name.
LANGUAGE_NAMES = dict(
    line.split(" ", 1)
    for line in """\
af Afrikaans
am Amharic
ar Arabic
as Assamese
az Azerbaijani
ba Bashkir
be Belarusian
bg Bulgarian
bn Bengali
bo Tibetan
br Breton
bs Bosnian
ca Catalan
cs Czech
cy Welsh
da Danish
de German
el Greek
en English
es Spanish
et Estonian
eu Basque
fa Persian
fi Finnish
fo Faroese
fr French
gl Galician
gu Gujarati
ha Hausa
haw Hawaiian
he Hebrew
hi Hindi
hr Croatian
ht Haitian Creole
hu Hungarian
hy Armenian
id Indonesian
is Icelandic
it Italian
ja Japanese
jw Javanese
ka Georgian
kk Kazakh
km Khmer
kn Kannada
ko Korean
la Latin
lb Luxembourgish
ln Lingala
lo Lao
lt Lithuanian
lv Latvian
mg Malagasy
mi Maori
mk Macedonian
ml Malayalam
mn Mongolian
mr Marathi
ms Malay
mt Maltese
my Myanmar
ne Nepali
nl Dutch
nn Nynorsk
no Norwegian
oc Occitan
pa Punjabi
pl Polish
ps Pashto
pt Portuguese
ro Romanian
ru Russian
sa Sanskrit
sd Sindhi
si Sinhala
sk Slovak
sl Slovenian
sn Shona
so Somali
sq Albanian
sr Serbian
su Sundanese
sv Swedish
sw Swahili
ta Tamil
te Telugu
tg Tajik
th Thai
tk Turkmen
tl Tagalog
tr Turkish
tt Tatar
uk Ukrainian
ur Urdu
uz Uzbek
vi Vietnamese
yi Yiddish
yo Yoruba
yue Cantonese
zh Chinese""".splitlines()
)
#: What else they are called; Whisper's codes are older than today's for some.
_OTHERWISE = {
    "burmese": "my",
    "castilian": "es",
    "cmn": "zh",
    "farsi": "fa",
    "fil": "tl",
    "filipino": "tl",
    "flemish": "nl",
    "haitian": "ht",
    "in": "id",
    "iw": "he",
    "jv": "jw",
    "mandarin": "zh",
    "moldovan": "ro",
    "nb": "no",
    "panjabi": "pa",
    "pushto": "ps",
    "sinhalese": "si",
    "valencian": "ca",
}
_CODES = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()} | _OTHERWISE
_WITH_REGION = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})+")


def language_code(text: str) -> str:
    """The code of a language that a person named by it, with a region or in capitals, or in words.

    >>> [language_code(text) for text in ("en", "pt-BR", "GERMAN", "zh_Hant_TW")]
    ['en', 'pt', 'de', 'zh']

    Raises:
        InvalidValue: recognition knows no such language.
    """
    said = " ".join(text.casefold().split())
    region = _WITH_REGION.fullmatch(said)
    for one in (said, region[1] if region else said):
        code = _CODES.get(one, one)
        if code in LANGUAGE_NAMES:
            return code
    near = get_close_matches(said, _CODES, n=1)
    meant = f" Did you mean {LANGUAGE_NAMES[_CODES[near[0]]]}?" if near else ""
    reason = f"“{text[:40]}” is not a known language.{meant}"
    raise InvalidValue("language", f"{reason} Give a code or name such as en, pt-BR or german.")


_IN_PAIRS = """
en eng zh zho de deu es spa ru rus ko kor fr fra ja jpn pt por tr tur pl pol ca cat nl nld ar
ara sv swe it ita id ind hi hin fi fin vi vie he heb uk ukr el ell ms msa cs ces ro ron da dan
hu hun ta tam no nor th tha ur urd hr hrv bg bul lt lit la lat mi mri ml mal cy cym sk slk te
tel fa fas lv lav bn ben sr srp az aze sl slv kn kan et est mk mkd br bre eu eus is isl hy hye
ne nep mn mon bs bos kk kaz sq sqi sw swa gl glg mr mar pa pan si sin km khm sn sna yo yor so
som af afr oc oci ka kat be bel tg tgk sd snd gu guj am amh yi yid lo lao uz uzb fo fao ht hat
ps pus tk tuk nn nno mt mlt sa san lb ltz my mya bo bod tl tgl mg mlg as asm tt tat haw haw ln
lin ha hau ba bak jw jav su sun yue yue
"""
_PAIRS = _IN_PAIRS.split()
#: The code of three letters (ISO 639-3) of each of these languages.
ISO_639_3 = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
