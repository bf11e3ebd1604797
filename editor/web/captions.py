"""Captions as a transcript's view by rules, with what breaks these; and people's own presets."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.captions import (
    PRESETS,
    Cue,
    Rules,
    in_language,
    preset_named,
    rules_from_dict,
    rules_from_file,
)
from editor.edits.commands import CaptionRules
from editor.formats.exports import Captioned
from editor.web.http.openapi import endpoint
from editor.web.http.services import services
from editor.web.schemas.requests import (
    ForgottenPreset,
    LintQuery,
    PresetFile,
    PresetsQuery,
    SavedPreset,
)
from editor.web.schemas.responses import Error
from editor.web.schemas.responses_captions import CaptionsAnswer, Lint, PresetList, Shots
from editor.web.schemas.serialize import Json

blueprint = Blueprint("captions", __name__, url_prefix="/api")


@blueprint.get("/presets")
@endpoint("captions", query=PresetsQuery, answers={200: PresetList})
def list_presets(query: PresetsQuery) -> ResponseReturnValue:
    """Our presets, with their numbers for a language, and a person's own."""
    ours = [in_language(one, query.language, ())[0] for one in PRESETS.values()]
    own = services().store.presets()
    return jsonify({"presets": list(map(asdict, ours)), "own": list(map(asdict, own))})


@blueprint.put("/presets")
@endpoint("captions", body=SavedPreset, answers={200: CaptionRules, 409: Error, 422: Error})
def save_preset(body: SavedPreset) -> ResponseReturnValue:
    """Keep rules as an own preset, in place of the one that had the name."""
    rules = rules_of(body)
    seen = [rules_of(body.base)] if body.base else []
    is_based = "base" in body.model_fields_set
    services().store.save_preset(rules, base=seen if is_based else None)
    return jsonify(asdict(rules))


@blueprint.post("/presets/file")
@endpoint("captions", body=PresetFile, answers={200: CaptionRules, 422: Error})
def read_preset(body: PresetFile) -> ResponseReturnValue:
    """The rules in a file, as `--preset FILE.json` takes them; they are not kept yet."""
    return jsonify(asdict(rules_from_file(body.text, body.stem)))


@blueprint.delete("/presets/<name>")
@endpoint("captions", body=ForgottenPreset, answers={204: None, 409: Error})
def delete_preset(name: str, body: ForgottenPreset) -> ResponseReturnValue:
    """Forget an own preset."""
    services().store.delete_preset(name, base=rules_of(body.base) if body.base else None)
    return "", 204


@blueprint.post("/transcripts/<transcript_id>/captions")
@endpoint("captions", body=CaptionRules, answers={200: CaptionsAnswer, 422: Error})
def make_captions(transcript_id: str, body: CaptionRules) -> ResponseReturnValue:
    """The captions that an export by these rules would hold, and what breaks the rules."""
    made = services().caption_views.captions_of(services().store, transcript_id, rules_of(body))
    cues = [_cue_json(cue, chars) for cue, chars in zip(made.cues, made.chars, strict=True)]
    return jsonify({"cues": cues, **_lint_json(made)})


@blueprint.get("/transcripts/<transcript_id>/shots")
@endpoint("captions", answers={200: Shots})
def list_shots(transcript_id: str) -> ResponseReturnValue:
    """When the shots of the film begin, as far as it was looked at; see the job `shots`."""
    store = services().store
    until_ms, starts_ms = store.shot_changes(store.transcript(transcript_id).id)
    return jsonify({"until_ms": until_ms, "starts_ms": starts_ms})


@blueprint.get("/transcripts/<transcript_id>/lint")
@endpoint("captions", query=LintQuery, answers={200: Lint, 422: Error})
def lint_transcript(transcript_id: str, query: LintQuery) -> ResponseReturnValue:
    """What in the captions of an export by `preset` breaks its rules."""
    rules = preset_named(query.preset, services().store.presets())
    made = services().caption_views.captions_of(services().store, transcript_id, rules)
    return jsonify(_lint_json(made))


def rules_of(body: CaptionRules) -> Rules:
    """The rules that a request describes.

    Raises:
        InvalidValue: a number is out of bounds.
    """
    return rules_from_dict(body.model_dump(exclude={"base"}))


def _cue_json(cue: Cue, chars: float) -> Json:
    names = ("start_ms", "end_ms", "lines", "speaker", "new_turn", "kind", "segment_id")
    parts = [
        {
            "segment_id": part.segment_id,
            "revision": part.revision,
            "first_word": part.first_word,
            "last_word": part.last_word,
        }
        for part in cue.parts
    ]
    return {**{name: getattr(cue, name) for name in names}, "chars": chars, "parts": parts}


def _lint_json(made: Captioned) -> Json:
    errors = sum(violation.severity == "error" for violation in made.violations)
    return {
        "errors": errors,
        "warnings": len(made.violations) - errors,
        "counts": dict(Counter(violation.rule for violation in made.violations)),
        "violations": [asdict(violation) for violation in made.violations],
    }
