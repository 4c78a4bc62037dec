"""The transformer's reader: pieces of words, long paragraphs, and the same answer for the same words."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from truceline.statements import encoder, tagger
from truceline.statements.encoder import LONGEST, PARTS, Shown
from truceline.statements.features import Sheet
from truceline.statements.opinion import POSITIONS
from truceline.statements.parser import parse
from truceline.statements.pieces import MAX_PIECES, Labels, chunks
from truceline.statements.tagger import english

LABELS = Labels.of(
    {
        "pieces": ["[UNK]", "[CLS]", "[SEP]", "cease", "##fire", "cafe", "u", ".", "s", "“", "##s"],
        **{key: [] for key in ("tags", "deps", "relations", "sides")},
    }
)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Ceasefires", ["cease", "##fire", "##s"]),
        ("Café", ["cafe"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("“", ["“"]),
        ("перемир'я", ["[UNK]", "[UNK]", "[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("s" * 101, ["[UNK]"]),
    ],
)
def test_a_word_falls_into_the_longest_known_pieces(word: str, pieces: list[str]) -> None:
    """Lower case, no accents, marks apart; what is not known is one unknown piece, and never no piece at all."""
    assert LABELS.split(word) == [LABELS.pieces[piece] for piece in pieces]


def test_every_word_of_a_long_paragraph_is_read_once() -> None:
    """Cut between sentences, and inside one only where it alone is too long."""
    (words,) = parse([(0, "The minister said no. " * 90 + "We held " * 300 + "on.")])
    labels = english().labels
    cut = chunks(words, labels)
    assert [n for c in cut for n in range(c.start, c.past)] == list(range(len(words.words)))
    assert max(len(c.ids) for c in cut) <= MAX_PIECES + 2
    ends = {past for _, past in words.sentences}
    assert sum(c.past not in ends for c in cut) <= 2
    assert all(c.word[c.first[n - c.start]] == n - c.start for c in cut for n in range(c.start, c.past))


def test_a_cue_is_read_alike_alone_and_with_others() -> None:
    """Chances of source and content do not hang on which other cues were asked together with it."""
    reader = english()
    (words,) = parse([(0, "Pell said the guns were silent, adding that Sudria would accuse him of firing anyway.")])
    sheet = Sheet(words)
    cues = [(1,), (7,), (11,)]
    span = range(len(words.words))
    (seen,) = reader.read([sheet])
    together = list(seen.roles(cues, {1, 7, 11}, [span] * 3))
    for cue, read in zip(cues, together, strict=True):
        (alone,) = seen.roles([cue], {1, 7, 11}, [span])
        for n, chances in read.items():
            assert chances == pytest.approx(alone[n], abs=1e-4)
            assert sum(chances) == pytest.approx(1, abs=1e-4)
        (part,) = seen.roles([cue], {1, 7, 11}, [range(3, 9)])
        assert part == {n: pytest.approx(read[n], abs=1e-4) for n in range(3, 9)}
    assert reader.read([sheet])[0].cues == seen.cues


def test_paragraphs_read_together_are_read_as_if_alone() -> None:
    """One paragraph says nothing about another that lies beside it in the same multiplication."""
    reader = english()
    texts = ["Pell said the guns were silent.", "", "Sudria denied it, the ministry said on Monday. Nobody was hurt."]
    sheets = [Sheet(words) for words in parse(enumerate(texts))]
    for sheet, seen in zip(sheets, reader.read(sheets), strict=True):
        (alone,) = reader.read([sheet])
        assert len(seen.cues) == len(seen.press) == len(sheet.parse.words)
        assert [list(c) for c in seen.cues] == [pytest.approx(c, abs=1e-4) for c in alone.cues]


def test_a_sentence_without_a_sure_cue_gives_its_likeliest() -> None:
    """Where one word reaches CUE_AT others must too; where none does, the likeliest is enough from LEAST_CUE up."""
    (words,) = parse([(0, "They backed it then. They left early then. They slept well then.")])
    chances = [0.0] * len(words.words)
    first, second, third = (begin for begin, _ in words.sentences)
    chances[first + 1], chances[first + 2] = tagger.CUE_AT, tagger.CUE_AT - 0.01
    chances[second + 1], chances[second + 2] = tagger.CUE_AT - 0.01, tagger.LEAST_CUE
    chances[third + 1] = tagger.LEAST_CUE - 0.01
    assert tagger.cues_at(words, chances, [0.0] * len(chances)) == [[first + 1], [second + 1]]


def test_the_reader_that_judges_sees_which_statement_is_asked_about() -> None:
    """Two statements of one sentence, the same words and the same knowledge of the rules: each gets its own position."""
    reader = english()
    (words,) = parse([(0, "Sudria denied shelling the bridge and promised to open the road.")])
    (seen,) = reader.read([Sheet(words)])
    marks = {"denies": (1, {2, 3, 4}), "promises": (6, {7, 8, 9, 10})}
    for position, (cue, said) in marks.items():
        parts = tuple(PARTS.index("cue" if n == cue else "said" if n in said else "") for n in range(12))
        shown = Shown(0, 12, parts, (0,) * 12, ("rule plain",))
        chances = seen.judge(shown)
        assert chances is not None
        assert POSITIONS[chances.index(max(chances))] == position
        assert sum(chances) == pytest.approx(1, abs=1e-4)
        assert chances == seen.judge(shown)


def test_distance_counts_as_published() -> None:
    """Of 32 steps: each piece up to seven away has its own, then they widen to 128; what follows has the other half.

    The places are those of Song et al. 2020 as the base model's makers give them for a word and the one it looks at.
    """
    steps = dict(zip(range(LONGEST - 1, -LONGEST, -1), encoder.steps(32), strict=True))  # by how far behind it stands
    assert [steps[n] for n in (0, 1, 7, 8, 12, 16, 32, 64, 127, 128, 381)] == [0, 1, 7, 8, 9, 10, 12, 14, 15, 15, 15]
    assert [steps[-n] for n in (1, 7, 8, 16, 128, 381)] == [17, 23, 24, 26, 31, 31]
    far = np.arange(32, dtype=np.float32)[None, encoder.steps(32)]
    pairs = encoder.between(far)[0, :9, :9]
    assert [[float(steps[i - j]) for j in range(9)] for i in range(9)] == pairs.tolist()


def test_the_weights_weigh_no_more_than_twenty_megabytes() -> None:
    """What was trained stays small enough to come with the package."""
    assert len((files("truceline.statements") / "data" / "encoder.npz").read_bytes()) <= 20_000_000


def test_weights_that_were_changed_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """A file whose digest is not the card's is named, and nothing is read from it."""
    folder = files("truceline.statements") / "data"
    place = tmp_path / "data"
    place.mkdir()
    (place / "encoder.json").write_bytes((folder / "encoder.json").read_bytes())
    (place / "encoder.npz").write_bytes(b"PK changed")
    monkeypatch.setattr(tagger, "files", lambda _: tmp_path)
    with pytest.raises(RuntimeError, match=r"encoder\.npz .* is not the file that was shipped"):
        english.__wrapped__()
