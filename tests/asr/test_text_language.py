"""Which language a text is written in."""

from __future__ import annotations

import pytest

from editor.asr.text_language import language_of_text, languages_of_words, main_language_of

SENTENCES = {
    "ar": "أخي يعيش في بيت صغير على البحر وعنده كلبان لكن لم أرهما منذ زمن هذا.",
    "bg": "Всички хора се раждат свободни и равни по достойнство. Те са надарени с разум.",
    "ca": "El meu germà viu en una casa petita a prop del mar i té dos gossos, però no són.",
    "cs": "Můj bratr bydlí v malém domě u moře a má dva psy, ale dlouho jsem je neviděl.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.",
    "en": "We choose to go to the moon in this decade and do the other things.",
    "et": "Minu vend elab väikeses majas mere ääres ja tal on kaks koera, aga ma ei näe neid.",
    "fa": "برادر من در خانه کوچکی کنار دریا زندگی می کند و دو سگ دارد که من آن را ندیده ام.",
    "fi": "Veljeni asuu pienessä talossa ja hänellä on kaksi koiraa, mutta hän ei ole kotona.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में स्वतन्त्रता और समानता प्राप्त है।",
    "hu": "A bátyám egy kis házban lakik a tenger mellett, és két kutyája van.",
    "id": "Saudara saya tinggal di rumah kecil dan dia punya dua anjing yang tidak saya lihat.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e non sono soli.",
    "ja": "すべての人間は、生れながらにして自由である。",
    "ko": "모든 인간은 태어날 때부터 자유롭다.",
    "lt": "Mano brolis gyvena mažame name prie jūros ir turi du šunis, bet aš jų nemačiau.",
    "lv": "Mans brālis dzīvo mazā mājā pie jūras un viņam ir divi suņi.",
    "nl": "Mijn broer woont in een klein huis aan zee en hij heeft het niet gezien.",
    "pl": "Mój brat mieszka w małym domu nad morzem i ma dwa psy.",
    "pt": "O meu irmão mora numa casa pequena perto do mar e não tem cães.",
    "ro": "Fratele meu locuiește într-o casă mică lângă mare și are doi câini.",
    "ru": "Все люди рождаются свободными, и это так же верно, как то, что он был у них.",
    "sr": "Сва људска бића рађају се слободна и једнака у достојанству и правима.",
    "sv": "Min bror bor i ett litet hus vid havet och han har två hundar som jag tycker om.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "tr": "Kardeşim deniz kenarında küçük bir evde yaşıyor ve iki köpeği var.",
    "uk": "Мій брат живе в маленькому будинку біля моря, і в нього є дві собаки.",
    "ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng.",
    "zh": "人人生而自由,在尊严和权利上一律平等。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_shows_its_language(code: str) -> None:
    assert language_of_text(SENTENCES[code].split()) == code


@pytest.mark.parametrize("text", ["Yes.", "", "1984 - 2001", "Zephyrine Quartermaine", "Ω ≈ 2 km"])
def test_where_nothing_shows_it_nobody_guesses(text: str) -> None:
    assert language_of_text(text.split()) is None


def test_a_quotation_does_not_decide() -> None:
    text = f"{SENTENCES['en']} {SENTENCES['en']} He said: {SENTENCES['de']}"
    assert language_of_text(text.split()) == "en"


def test_sentences_in_another_language_have_that_one() -> None:
    lines = [SENTENCES["en"], SENTENCES["de"], "Ja.", SENTENCES["de"], "Yes.", SENTENCES["en"]]
    texts = " ".join(lines).split()
    assert main_language_of(texts) in ("en", "de")
    languages = languages_of_words(texts, "en", can_be=lambda code: True)
    counts = [len(line.split()) for line in lines]
    german = sum(counts[1:4])
    assert languages == ["en"] * counts[0] + ["de"] * german + ["en"] * sum(counts[4:])
    assert set(languages_of_words(texts, "en", can_be=lambda code: False)) == {"en"}


def test_what_somebody_named_holds_for_what_most_of_a_text_is_in() -> None:
    texts = f"{SENTENCES['sv']} {SENTENCES['sv']} {SENTENCES['en']}".split()
    languages = languages_of_words(texts, "no", can_be=lambda code: True)
    assert set(languages[:-15]) == {"no"}
    assert set(languages[-15:]) == {"en"}
