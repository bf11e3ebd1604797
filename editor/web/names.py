"""Names of a transcript with their spellings, and the glossaries."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import partial

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from editor.document import split_words
from editor.library.jobs_terms import look_for_terms_soon
from editor.review import SpellingGroup, Spellings, other_spellings, spelling_groups, terms_of
from editor.store import Store
from editor.web.http.openapi import endpoint
from editor.web.http.response_cache import kept_response
from editor.web.http.services import services
from editor.web.schemas.requests import GlossaryTerms, NamesQuery
from editor.web.schemas.responses_glossary import GlossaryAnswer
from editor.web.schemas.responses_review import Names
from editor.web.schemas.serialize import Json, doubtful_json, doubts_in, job_json

#: More groups than anyone looks through.
_MOST_GROUPS = 500

blueprint = Blueprint("names", __name__, url_prefix="/api")


@blueprint.get("/transcripts/<transcript_id>/names")
@endpoint("names", query=NamesQuery, answers={200: Names})
def list_names(transcript_id: str, query: NamesQuery) -> ResponseReturnValue:
    """The names of the text, and the doubts of segments in which one is spelled otherwise.

    Those doubts come beside the segments', since one edit changes them all over the text. With
    `style` also segments come in which something is said alike but written otherwise.
    """
    store = services().store
    terms = terms_for(store, transcript_id)
    make = partial(_names_json, terms=terms, with_style=query.style)
    # Glossaries change without a transcript being written.
    asked = json.dumps([terms, query.style])
    return kept_response(store, transcript_id, "names", make, asked=asked)


@blueprint.get("/glossary")
@endpoint("names", answers={200: GlossaryAnswer})
def show_common_glossary() -> ResponseReturnValue:
    """The glossary for all transcripts."""
    return jsonify({"terms": services().store.glossary(None)})


@blueprint.put("/glossary")
@endpoint("names", body=GlossaryTerms, answers={200: GlossaryAnswer})
def set_common_glossary(body: GlossaryTerms) -> ResponseReturnValue:
    """Put other terms in it; they are listened for at each transcription."""
    return _with_terms(None, body, looked_for_in=body.transcript_id)


@blueprint.get("/transcripts/<transcript_id>/glossary")
@endpoint("names", answers={200: GlossaryAnswer})
def show_glossary(transcript_id: str) -> ResponseReturnValue:
    """The glossary of one transcript."""
    return jsonify({"terms": services().store.glossary(transcript_id)})


@blueprint.put("/transcripts/<transcript_id>/glossary")
@endpoint("names", body=GlossaryTerms, answers={200: GlossaryAnswer})
def set_glossary(transcript_id: str, body: GlossaryTerms) -> ResponseReturnValue:
    """Put other terms in it; they are looked for where the text is in doubt."""
    return _with_terms(transcript_id, body, looked_for_in=transcript_id)


def _with_terms(
    transcript_id: str | None, body: GlossaryTerms, *, looked_for_in: str | None
) -> ResponseReturnValue:
    """Save a glossary, and see to it that a text is looked through for what is new in it."""
    store = services().store
    before = store.glossary(transcript_id)
    store.set_glossary(transcript_id, terms_of(body.terms), base=body.base)
    terms = store.glossary(transcript_id)
    is_news = set(terms) != set(before) and looked_for_in is not None
    job = look_for_terms_soon(store, looked_for_in) if is_news and looked_for_in else None
    return jsonify({"terms": terms, "job": job_json(job) if job else None})


def terms_for(store: Store, transcript_id: str) -> list[str]:
    """The terms of both glossaries that hold for a transcript."""
    return store.terms_known(transcript_id)


def spellings_in(texts: Iterable[tuple[str, int, str]], terms: Collection[str]) -> Spellings:
    """For each word of a name that a text spells in several ways, or not as a glossary's `terms`,
    another spelling.

    `texts` are ids, revisions and texts of all segments, in order.
    """
    split = [(segment_id, split_words(text)) for segment_id, _, text in texts]
    others = other_spellings([word for _, words in split for word in words], terms)
    found: dict[tuple[str, int], str] = {}
    at = 0
    for segment_id, words in split:
        for index in range(len(words)):
            if at + index in others:
                found[segment_id, index] = others[at + index]
        at += len(words)
    return found


def _names_json(
    store: Store, transcript_id: str, *, terms: Collection[str], with_style: bool
) -> Json:
    texts = store.texts(transcript_id)
    others = spellings_in(texts, terms)
    stored = store.segments(transcript_id)
    doubts = doubts_in(store, transcript_id, stored, others, with_style=with_style)
    readings = [
        (doubt.written, doubt.heard)
        for of_segment in doubts.values()
        for doubt in of_segment
        if doubt.kind == "different"
    ]
    words = [word for _, _, text in texts for word in split_words(text)]
    groups = spelling_groups(words, readings)
    spelled = {segment_id for segment_id, _ in others}
    spelled |= {
        segment_id
        for segment_id, of_segment in doubts.items()
        if any(doubt.kind == "style" for doubt in of_segment)
    }
    affected = [one for one in stored if one.segment.id in spelled]
    return {
        "groups": [
            _group_json(group)
            for group in sorted(groups, key=lambda group: not group.is_doubtful)[:_MOST_GROUPS]
        ],
        "segments": doubtful_json(store, transcript_id, affected, doubts),
    }


def _group_json(group: SpellingGroup) -> Json:
    spellings = [{"text": text, "count": count} for text, count in group.spellings.items()]
    return {"spellings": spellings, "heard": list(group.heard)}
