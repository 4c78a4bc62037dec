"""Every place of a paragraph where somebody is heard: by rules, by what was learned, by posts and bare first persons.

    paragraph + parse + marks of the learned reader --heard--> Attributions, quotations that no cue claims

Who they are and what position they take is decided behind it (story.py).
"""

from __future__ import annotations

from truceline.statements.attribution import Attribution, attribute
from truceline.statements.clean import Kind, Paragraph
from truceline.statements.expressions import counts, expressions
from truceline.statements.languages.language import Act
from truceline.statements.own_words import own_words
from truceline.statements.parser import Parse
from truceline.statements.posts import posts
from truceline.statements.quotes import Quotation
from truceline.statements.reconcile import reconcile
from truceline.statements.speakers import Cast
from truceline.statements.tagger import Marked
from truceline.statements.units import only_terms, without_silences


def heard(
    paragraph: Paragraph, words: Parse, marked: Marked | None, quotes: tuple[Quotation, ...], cast: Cast
) -> tuple[list[Attribution], tuple[Quotation, ...]]:
    """The attributions of a paragraph, and the quotations that belong to none.

    `marked` is what the learned reader says of it; None in a language it was not trained on.
    """
    text, language = cast.text, cast.language
    attributions, loose = attribute(text, words, quotes, language)
    attributions += expressions(words, attributions, language)
    attributions = [a for a in attributions if not only_terms(a, attributions)]
    if marked is not None:
        ruled = attributions
        attributions = reconcile(words, ruled, marked, language)
        known = {p.spans for a in attributions if a.act is not Act.OTHER for p in a.pieces}
        attributions = [a for a in attributions if a.act is not Act.OTHER or not {p.spans for p in a.pieces} <= known]
        attributions = sorted([*attributions, *_of_parties(words, ruled, attributions, cast)], key=lambda a: a.cue)
        loose = tuple(q for q in loose if not any(p.covers(q.start) for a in attributions for p in a.pieces))
    attributions = [a for a in attributions if not _unnamed(words, a)]
    attributions = counts(words, attributions, language)
    attributions = without_silences(text, attributions)
    headline = paragraph.kind is Kind.TITLE
    attributions += posts(
        text, paragraph.start, paragraph.end, words, attributions, cast.directory, language, headline=headline
    )
    if marked is not None:
        nameless = [a for a in attributions if a.act is Act.OTHER and not a.source]  # "one thing is certain: I …"
        own = own_words(words, [a for a in attributions if a not in nameless], quotes, language, marked.own)
        taken = [a for a in nameless if any(p.covers(o.cue[0][0]) for o in own for p in a.pieces)]
        attributions = [*(a for a in attributions if a not in taken), *own]
    return attributions, loose


def _of_parties(words: Parse, ruled: list[Attribution], kept: list[Attribution], cast: Cast) -> list[Attribution]:
    """Acts of the case's parties that the reader, trained on other news, does not know: "A turned down the plan"."""
    cues = {n for a in kept for start, end in a.cue for n in range(start, end)}
    return [
        a
        for a in ruled
        if a.act not in (Act.ASSERT, Act.REPORT, Act.OTHER, Act.VAGUE)
        and a.subject is not None
        and cues.isdisjoint(n for start, end in a.cue for n in range(start, end))
        and cast.label_in(words, a.subject) is not None
    ]


def _unnamed(words: Parse, attribution: Attribution) -> bool:
    """'Who asked not to be named': how somebody spoke, and nothing that was said."""
    if words.words[attribution.verb].lemma not in ("ask", "decline", "prefer", "refuse", "request"):
        return False
    heads = [words.words[piece.head] for piece in attribution.pieces if piece.head is not None]
    named = [
        head for head in heads if head.lemma in ("identify", "name", "quote") and words.children(head.i, "auxpass")
    ]
    return any(not words.children(head.i, "nsubjpass") for head in named)  # "asked that the dead be named" says much
