from __future__ import annotations

from editor.config import Settings
from editor.library.long_paragraphs import MOST_WORDS, cut_long_paragraphs
from editor.library.transcripts import create_transcript
from editor.store import Store
from tests.store.samples import new_transcript, segment, texts
from tests.support.stand_in import write_recording

SENTENCE = "Mr. Smith paid 3.50 for it, and then he left."
LONG = " ".join([SENTENCE] * 20)


def test_a_page_in_one_paragraph_is_cut_at_its_sentences_and_one_step_brings_it_back(
    settings: Settings, library: Store
) -> None:
    recording = settings.data_dir / "talk.wav"
    recording.parent.mkdir(exist_ok=True)
    write_recording(recording, 5)
    made = create_transcript(
        settings,
        library,
        media_path=recording,
        media_name="talk.wav",
        text=f"A short one. Of two.\n\n{LONG}\n".encode(),
        text_name="talk.txt",
        text_encoding=None,
        title=None,
        model="base",
        language="en",
    )
    assert texts(library, made) == ["A short one. Of two.", *[SENTENCE] * 20]
    library.undo(made, client="a browser")
    assert texts(library, made) == ["A short one. Of two.", LONG]


def test_what_is_short_or_one_sentence_stays(library: Store) -> None:
    short = " ".join(["word."] * MOST_WORDS)
    endless = " ".join(["word"] * (MOST_WORDS + 1))
    lines = [segment("a", short, 0), segment("b", endless, 500_000)]
    transcript_id = new_transcript(library, lines)
    assert cut_long_paragraphs(library, transcript_id, language=None) == 0
    assert texts(library, transcript_id) == [short, endless]
    assert library.can_revert(transcript_id, author=None, client=None) == (False, False)
