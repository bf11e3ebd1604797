"""What people decide about doubts."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.review import DismissedDoubt, main_voices
from editor.store import Store
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.response_cache import kept_response
from editor.web.http.services import services
from editor.web.names import spellings_in, terms_for
from editor.web.schemas.requests import KeptDoubt
from editor.web.schemas.responses import Changes
from editor.web.schemas.responses_review import AllDoubts, HeardVoices
from editor.web.schemas.serialize import Json, all_doubts_json, changes_json, doubts_in

blueprint = Blueprint("doubts", __name__, url_prefix="/api/transcripts/<transcript_id>")


@blueprint.get("/doubts")
@endpoint("doubts", answers={200: AllDoubts})
def list_doubts(transcript_id: str) -> ResponseReturnValue:
    """The doubts of a whole transcript, which take longer to judge than to open it.

    Those about spellings come with the names.
    """
    return kept_response(services().store, transcript_id, "doubts", all_doubts_json)


@blueprint.get("/voices")
@endpoint("doubts", answers={200: HeardVoices})
def list_voices(transcript_id: str) -> ResponseReturnValue:
    """Which voice says which segments, once speakers were found."""
    return kept_response(services().store, transcript_id, "voices", _voices_json)


@blueprint.put("/kept-doubts")
@endpoint("doubts", body=KeptDoubt, answers={200: Changes})
def keep_doubt(transcript_id: str, body: KeptDoubt) -> ResponseReturnValue:
    """Keep what is written where a doubt is, or open the doubt again.

    A doubt that is no more changes nothing: its text was changed meanwhile.
    """
    store = services().store
    since = store.transcript(transcript_id).seq
    stored = store.segment(transcript_id, body.segment_id)
    # Only these come from the whole text.
    spellings = None
    if body.kind == "spelling":
        spellings = spellings_in(store.texts(transcript_id), terms_for(store, transcript_id))
    found = doubts_in(store, transcript_id, [stored], spellings, with_style=body.kind == "style")
    doubts = found.get(body.segment_id, [])
    says = (body.kind, body.written, body.heard)
    for doubt in doubts:
        if (doubt.kind, doubt.written, doubt.heard) == says:
            kept = DismissedDoubt(body.segment_id, *says, doubt.start_ms, doubt.end_ms)
            store.dismiss_doubt(transcript_id, kept, is_dismissed=body.kept)
            break
    who = visitor()
    return jsonify(changes_json(store, transcript_id, since, author=who.name, client=who.client))


def _voices_json(store: Store, transcript_id: str) -> Json:
    seq = store.transcript(transcript_id).seq
    voices = store.voices(transcript_id)
    said = dict[int, list[str]]()
    if voices.turns:
        segments = [one.segment for one in store.segments(transcript_id)]
        for segment, voice in zip(segments, main_voices(segments, voices.turns), strict=True):
            if voice is not None:
                said.setdefault(voice, []).append(segment.id)
    listed = [
        {"voice": voice, "name": voices.names.get(voice, ""), "segments": said[voice]}
        for voice in sorted(said, key=lambda one: -len(said[one]))
    ]
    return {"seq": seq, "voices": listed}
