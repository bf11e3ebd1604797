"""Voices known again: a person's own list of them, and what speakers of a text sound like."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.library import known_voices
from editor.web.http.auth import visitor
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import KnownVoiceChange, KnownVoicesWanted, Nothing
from editor.web.schemas.responses_voices import KnownVoices, VoiceSuggestions

blueprint = Blueprint("known_voices", __name__, url_prefix="/api")


@blueprint.get("/voices")
@endpoint("voices", answers={200: KnownVoices})
def list_voices() -> ResponseReturnValue:
    """The voices that whoever asks has named, and whether they are known again; nobody else's."""
    store, owner = services().store, _owner()
    return jsonify(
        {
            "is_wanted": known_voices.is_wanted(services().settings, store, owner),
            "voices": [known_voices.told(one) for one in store.known_voices(owner)],
        }
    )


@blueprint.put("/voices")
@endpoint("voices", body=KnownVoicesWanted, answers={200: KnownVoices})
def want_voices(body: KnownVoicesWanted) -> ResponseReturnValue:
    """Know voices again from now on, or not; then nothing is kept of those of recordings."""
    services().store.want_known_voices(_owner(), is_wanted=body.is_wanted)
    return list_voices()


@blueprint.patch("/voices/<voice_id>")
@endpoint("voices", body=KnownVoiceChange, answers={200: KnownVoices})
def change_voice(voice_id: str, body: KnownVoiceChange) -> ResponseReturnValue:
    """Offer a voice, or do not."""
    services().store.change_known_voice(_owner(), voice_id, is_on=body.is_on)
    return list_voices()


@blueprint.delete("/voices/<voice_id>")
@endpoint("voices", answers={204: None})
def delete_voice(voice_id: str) -> ResponseReturnValue:
    """Delete a voice for good, also what is kept of it beside recordings."""
    known_voices.forget(services().store, _owner(), voice_id)
    return "", 204


@blueprint.post("/transcripts/<transcript_id>/voices")
@endpoint("voices", body=Nothing, answers={200: VoiceSuggestions})
def suggest_voices(transcript_id: str, body: Nothing) -> ResponseReturnValue:
    """Learn the voices of the speakers that the text names, and tell who of the others sounds like
    a voice that was named before."""
    store, owner = services().store, _owner()
    store.transcript(transcript_id)
    found = []
    if known_voices.is_wanted(services().settings, store, owner):
        known_voices.learn(store, owner, [transcript_id])
        found = known_voices.suggestions(store, owner, transcript_id)
    return jsonify(
        {"suggestions": [{"speaker": one.speaker, "name": one.known.name} for one in found]}
    )


def _owner() -> str:
    return visitor().name or ""
