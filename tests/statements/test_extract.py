"""Spans, stories, speakers, days and tallies of statements, on texts of our own."""

from __future__ import annotations

import itertools
import json
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.clean import Kind, divide
from truceline.statements.quotes import quotations
from truceline.statements.statement import Confidence, Position, Statements
from truceline.terms.party import Origin, Party

PARTIES = (
    Party("alpha", "Norland", ("North", "Norlandic"), channels=("Norland Herald",)),
    Party("bravo", "Sudria", ("South", "Sudrian")),
)
COLUMNS = (
    "id parent document root source cue content speaker role party about_party position proposition said_at confidence"
)

STORY = """Norland Neither Confirms Nor Denies Shelling of Ostrel

FILE - Norland's guns stand near Ostrel, May 2, 2030. (Ana Holt, Ridge Pool Photo via AP, File)
FILE - Norland's guns stand near Ostrel, May 2, 2030. (Ana Holt, Ridge Pool Photo via AP, File)
TT
20

Norland's defence minister Ivan Pell said on Monday that Sudria had fired 444 times since the truce began.

"We did not fire," Pell told reporters when asked if Norland had shelled Ostrel. "I have nothing to add. Our guns are silent."

He said a day later that the road was open.

Norland's defence minister Ivan Pell said on Monday that Sudria had fired 444 times since the truce began.


Sudria's Envoy Says Talks Will Go On

 Sudria's envoy Mara Lind speaks in the market of Ostrel on May 3, 2030. (Reuters)
Sudria's envoy Mara Lind speaks in the market of Ostrel on May 3, 2030. (Reuters)

Pell said the talks would fail.

Sudrian envoy Mara Lind said on Friday that she was hopeful, adding that Norland must open the road.
"""


def read(
    text: str, *, published: date | None = None, parties: tuple[Party, ...] = PARTIES, name: str = "d1"
) -> Statements:
    return extract([Document(name, "press", "e1", "a.txt", text, published)], parties)


def test_a_row_has_the_promised_columns() -> None:
    """Other programs read these keys; the spans are lists and the whole row is JSON."""
    row = read("Norland denied shelling Ostrel.").statements[0].to_json()
    assert list(row)[:15] == COLUMNS.split()
    assert row["source"] == [[0, 7]]
    assert row["cue"] == [[8, 14]]
    assert row["content"] == [[15, 30]]
    assert json.loads(json.dumps(row)) == row
    json.dumps(read(STORY).to_json())


def test_titles_captions_and_widgets_say_nothing() -> None:
    """An editor's headline, a caption and the page's widgets are in no statement."""
    kinds = {(p.kind, STORY[p.start : p.end][:12]) for p in divide(STORY) if p.kind is not Kind.BODY}
    assert (Kind.TITLE, "Norland Neit") in kinds
    assert (Kind.CAPTION, "FILE - Norla") in kinds
    assert (Kind.WIDGET, "TT") in kinds
    assert (Kind.WIDGET, "20") in kinds
    bodies = [(p.start, p.end) for p in divide(STORY) if p.kind is Kind.BODY]
    for statement in read(STORY).statements:
        for a, b in (*statement.source, *statement.cue, *statement.content):
            assert any(start <= a < b <= end for start, end in bodies)
    assert not any("2030" in s.text for s in read(STORY).statements)


def test_a_paragraph_pasted_twice_is_one_testimony() -> None:
    """The copy is skipped and said to be one."""
    found = read(STORY)
    assert sum("444" in s.text for s in found.statements) == 1
    assert [reason for _, reason in found.skipped if "copy" in reason]


def test_copies_in_two_documents_share_a_root() -> None:
    """Forty copies of one story are one root, and still forty statements with their own ids."""
    first, second = (read("Norland denied shelling Ostrel.", name=name).statements[0] for name in ("d1", "d2"))
    assert first.root == second.root
    assert first.id != second.id


def test_persons_do_not_leak_into_the_next_story() -> None:
    """A surname is bound by the story that introduces it; the next story's 'Pell' may be somebody else."""
    statements = read(STORY).statements
    assert {s.party for s in statements if s.text == "the talks would fail"} == {None}
    assert {s.speaker for s in statements if s.text == "Our guns are silent"} == {"Ivan Pell"}
    assert {(s.speaker, s.party) for s in statements if "road was open" in s.text} == {("Ivan Pell", "alpha")}


def test_a_quotation_goes_on_behind_its_verb() -> None:
    """'"P," said X. "Q. R."': each sentence is X's, with its own position."""
    mine = [s for s in read(STORY).statements if s.quoted == "direct"]
    assert [s.text for s in mine] == ["We did not fire", "I have nothing to add", "Our guns are silent"]
    assert [s.position for s in mine[:2]] == [Position.DENIES, Position.NO_COMMENT]
    assert mine[2].position in (
        Position.ASSERTS,
        Position.DENIES,
    )  # who says the guns are silent says they did not fire
    assert {s.speaker for s in mine} == {"Ivan Pell"}


def test_a_second_clause_told_with_a_participle() -> None:
    """', adding that Q' is the same speaker's and no part of P."""
    first, second = [s for s in read(STORY).statements if s.speaker == "Mara Lind"]
    assert first.text == "that she was hopeful"
    assert (second.text, second.position) == ("that Norland must open the road", Position.CALLS_FOR)
    assert (second.role, second.party, second.about_party) == ("Sudrian envoy", "bravo", "alpha")


def test_a_position_that_only_points_back() -> None:
    """'a demand A has rejected' means the demand before it, and keeps both spans."""
    calls, rejects = read("Sudria demanded that Norland leave Ostrel, a demand Norland has rejected.").statements
    assert (calls.position, rejects.position, rejects.party) == (Position.CALLS_FOR, Position.REJECTS, "alpha")
    assert rejects.content[0] == calls.content[0]
    assert rejects.text.endswith(" … a demand")


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("Norland said Sudria had shelled Ostrel and that it would reply.", ["accuses", "promises"]),
        ("Norland said it had fired in reply and would do so again.", ["acknowledges", "promises"]),
        ("Norland said its troops would stay and Sudria must pull back first.", ["promises", "calls_for"]),
        ('"We did not fire; Sudria has to pull back," the Norland army said.', ["denies", "calls_for"]),
        ("Norland said its troops would stay and its guns would be withdrawn.", ["promises"]),
        ("Norland said it could not confirm the report and it could not deny it.", ["neither_confirms_nor_denies"]),
    ],
)
def test_clauses_that_take_two_positions_are_two_statements(text: str, positions: list[str]) -> None:
    """What one "said" leads to is parted between clauses of different positions, and only there."""
    statements = read(text).statements
    assert [str(s.position) for s in statements] == positions
    assert {text[a:b] for s in statements for a, b in s.cue} <= {"said", "could not confirm", "could not deny"}
    spans = sorted(span for s in statements for span in s.content)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_letters_behind_a_name_are_the_name_from_there_on() -> None:
    """The Ridge Valley Press (RVP) is a medium as "RVP" too, and an office of a party speaks for it by its letters."""
    text = (
        "The road was closed, the Ridge Valley Press (RVP) said. RVP said two people had been hurt. "
        "The Norland Defence Ministry (NDM) denied that it had fired. The NDM said Sudria had shelled Ostrel. "
        "The Free Valley Ministry (XYZ) was silent, XYZ said."
    )
    found = [(s.speaker, s.party, s.position) for s in read(text).statements]
    assert found[:4] == [
        ("Ridge Valley Press", None, Position.REPORTS),
        ("Ridge Valley Press", None, Position.REPORTS),
        ("Norland Defence Ministry", "alpha", Position.DENIES),
        ("Norland Defence Ministry", "alpha", Position.ACCUSES),
    ]
    assert {party for _, party, _ in found[4:]} <= {None}


def test_what_a_medium_passes_on_stands_inside_it() -> None:
    """The medium reports, the party inside it keeps its own position, and the one names the other."""
    outer, inner = read("Ridge News Agency reported in May that Norland rules out withdrawing from Ostrel.").statements
    assert (outer.position, outer.party, outer.origin) == (Position.REPORTS, None, Origin.THIRD_PARTY)
    assert (inner.position, inner.party, inner.origin) == (Position.REJECTS, "alpha", Origin.PARTY)
    assert inner.parent == outer.id


def test_a_partys_own_channel_is_the_party() -> None:
    """A paper the case names as a party's channel speaks for the party."""
    (statement,) = read("Norland Herald said Sudria had shelled Ostrel.").statements
    assert (statement.party, statement.origin, statement.position) == ("alpha", Origin.PARTY, Position.ACCUSES)


@pytest.mark.parametrize(
    ("text", "party", "origin"),
    [
        ("Oslo said the talks were over.", "Norway", Origin.PARTY),
        ("The Kremlin said the talks were over.", "Russia", Origin.PARTY),
        ("A White House spokeswoman said the talks were over.", "United States", Origin.PARTY),
        ("Kenya's allies said the talks were over.", None, Origin.UNKNOWN),
        ("Pro-Kenya farmers said the talks were over.", None, Origin.UNKNOWN),
        ("Reuters said the talks were over.", None, Origin.THIRD_PARTY),
        ("A farmer said the talks were over.", None, Origin.UNKNOWN),
    ],
)
def test_states_speak_through_their_capitals(text: str, party: str | None, origin: Origin) -> None:
    """Without a case a state's plain name stands for the party; what belongs to no state stays unknown."""
    (statement,) = read(text, parties=()).statements
    assert (statement.party, statement.origin) == (party, origin)


def test_a_partys_names_take_the_states_over() -> None:
    """A case that calls its party by a state's name gets that state's capital and adjective too."""
    parties = (Party("k", "Kenya"),)
    (statement,) = read("A Nairobi official denied it.", parties=parties).statements
    assert (statement.party, statement.origin) == ("k", Origin.PARTY)
    (other,) = read("Oslo said the talks were over.", parties=parties).statements
    assert (other.party, other.origin) == ("Norway", Origin.THIRD_PARTY)


def test_the_day_of_saying_counts_from_publication() -> None:
    """A weekday is the last one on or before publication, over the local day, and the basis is printed."""
    document = Document("d1", "press", "e1", "a.txt", "Norland said on Monday it had not fired.", date(2031, 4, 16))
    (statement,) = extract([document], PARTIES, zone=ZoneInfo("Europe/Kyiv")).statements
    assert statement.said_at is not None
    assert statement.said_at.start == datetime(2031, 4, 13, 21, tzinfo=UTC)
    assert statement.said_at.hours == 24
    assert "Monday" in statement.said_at_basis
    assert statement.text == "it had not fired"
    assert statement.to_json()["said_at"] == "2031-04-13T21:00Z/2031-04-14T21:00Z"


def test_without_a_date_no_day_is_invented() -> None:
    """The weekday stays in the basis; the interval is None."""
    (statement,) = read("Norland said on Monday it had not fired.").statements
    assert statement.said_at is None
    assert statement.said_at_basis == "weekday Monday, date of the text not known"


def test_a_day_earlier_counts_from_the_one_who_tells_it() -> None:
    """'said on Friday that a day earlier he had said P': P was said on Thursday."""
    text = "Norland's envoy said on Friday that a day earlier he had said the road was open."
    outer, inner = read(text, published=date(2031, 4, 19)).statements
    assert outer.said_at is not None
    assert inner.said_at is not None
    assert (outer.said_at.start.day, inner.said_at.start.day) == (18, 17)
    assert "one day before" in inner.said_at_basis
    assert inner.parent == outer.id


def test_a_dateline_dates_its_story() -> None:
    """A full date in the dateline serves where nobody told us the day of the text."""
    (statement,) = read("OSTREL, 16 April 2031 (Ridge) - Norland said on Monday it had not fired.").statements
    assert statement.said_at is not None
    assert statement.said_at.start.date() == date(2031, 4, 14)


@pytest.mark.parametrize(
    ("text", "number", "unit", "about"),
    [
        ("Norland's defence ministry counted 150 violations by Sudria since Monday.", 150, "violations", "bravo"),
        ("Norland has recorded 12 cases of shelling by Sudria since Thursday.", 12, "cases of shelling", "bravo"),
        ("Norland's defence ministry documented 1,412 violations.", 1412, "violations", None),
    ],
)
def test_who_counts_claims_a_tally(text: str, number: int, unit: str, about: str | None) -> None:
    """A party that counted, recorded or documented acts claims how many there were, in its own name."""
    (tally,) = read(text).tallies
    assert (tally.party, tally.about_party, tally.number, tally.unit) == ("alpha", about, number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Norland recorded a profit of 12 million.",
        "12 violations were recorded by Norland's defence ministry, residents hope.",
        "The mission registered 45 explosions near Ostrel.",
    ],
)
def test_what_is_no_party_s_count_of_acts_is_no_tally(text: str) -> None:
    """Money is no act, and the mission's number is no party's."""
    assert not read(text).tallies


def test_tallies_are_kept_with_their_claimant() -> None:
    """Numbers of events are tallies; years, distances, days and shares are not."""
    text = (
        "Norland's army said Sudria had fired about 1,200 shells and violated the truce 45 times since 2030. "
        "Sudria said at least 387 artillery strikes hit Ostrel, 30 km from the line, in a 30-day truce. "
        "Norland denied firing 12 shots. A farmer said 9 shells fell."
    )
    assert [(t.number, t.inexact, t.unit, t.party) for t in read(text).tallies] == [
        (1200, "about", "shells", "alpha"),
        (45, "exact", "times violated", "alpha"),
        (387, "at_least", "artillery strikes", "bravo"),
    ]
    for tally in read(text).tallies:
        assert text[tally.span[0] : tally.span[1]] == tally.text


def test_hard_wrapped_text_reads_as_it_was_written() -> None:
    """Line breaks inside a sentence are kept in the offsets and do not end it."""
    text = (
        "Norland's defence ministry said on Monday that the forces of Sudria had\r\n"
        "fired 12 times near Ostrel since the truce began on the first day of\r\nthe month.\r\n"
    )
    (statement,) = read(text).statements
    assert statement.position is Position.ACCUSES
    assert statement.text.endswith("of\r\nthe month")


def test_an_unknown_language_is_skipped_with_the_reason() -> None:
    """A text nobody can read here is said to be skipped."""
    found = extract([Document("d9", "press", "e1", "a.txt", "Normal.", language="xx")], PARTIES)
    assert found.statements == ()
    assert found.skipped == (("d9", "language 'xx' is none of en, ru, uk"),)


@pytest.mark.parametrize(
    "text",
    [
        "Norland said Sudria fired. " * 40_000,
        "x" * 1_000_000,
        "(" * 19_000,
        '"' * 19_000,
        "Norland said " + "that Sudria said " * 1_000 + "it fired.",
    ],
    ids=["one line", "one word", "brackets", "marks", "nesting"],
)
def test_a_wall_of_text_is_set_aside_with_the_reason(text: str) -> None:
    """What no person wrote as prose is not read and not silently cut."""
    found = read(text)
    assert found.statements == ()
    assert len(found.skipped) == 1
    assert "set aside" in found.skipped[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n\t\n",
        '"We did not fire, the Norland general said. But " they " " said Norland',
        "“We did not fire,” said Norland. “It is a lie.\n\n“And more is to come,” Norland said.",
        "Norl\u200band sa\u200bid it\u200b fired. \u200bNorland\u200d said Sudria\ufeff fired.",
        "\u202eNorland said\u202c Sudria fired. قالت نورلاند إنها لم تطلق النار. Norland denied it.",
        "Norland said \ud800 Sudria fired. \udfff",
        "Norland 🚀 said 🕊️ “Sudria fired 👨‍👩‍👧” 12 times.",
        "=cmd|' /C calc'!A0 Norland said <script>alert(1)</script> Sudria fired.",
    ],
)
def test_odd_text_breaks_nothing(text: str) -> None:
    """Unbalanced marks, invisible signs, right-to-left text and lone surrogates: whole spans, no crash."""
    check(text, read(text))


def test_a_stray_mark_does_not_swallow_a_denial() -> None:
    """A quotation that is opened and never closed still leaves the sentence readable."""
    (statement,) = read('"We did not fire, the Norland general said.').statements
    assert (statement.position, statement.party) == (Position.DENIES, "alpha")


def test_a_quotation_over_two_paragraphs_keeps_its_speaker() -> None:
    """Opened twice and closed once, as papers set it; the carried part is marked with low confidence."""
    text = '"We did not fire," Norland\'s envoy said. "We kept the truce.\n\n"We will keep it tomorrow too."\n'
    first, second, third = read(text).statements
    assert [s.party for s in (first, second, third)] == ["alpha", "alpha", "alpha"]
    assert third.position is Position.PROMISES
    assert third.confidence is Confidence.LOW


def test_a_quotation_whose_paragraphs_were_pasted_into_one_line_is_whole() -> None:
    """The mark that opens a new paragraph of the same words closes nothing and loses nothing, in curly marks too."""
    text = '"We did not fire," Norland\'s envoy said. "We kept the truce. "We will keep it tomorrow too."'
    curly = "“We did not fire,” Norland's envoy said. “We kept the truce. “We will keep it tomorrow too.”"
    for pasted in (text, curly):
        found = read(pasted).statements
        assert [s.text for s in found] == ["We did not fire", "We kept the truce", "We will keep it tomorrow too"]
        assert {s.party for s in found} == {"alpha"}
        assert [s.position for s in found][::2] == [Position.DENIES, Position.PROMISES]


@pytest.mark.parametrize(
    ("speaker", "party"),
    [
        ("A Norlandic security source", "alpha"),
        ("Norlandic defence sources", "alpha"),
        ("A Norlandic analyst", None),
        ("A source in Norland", None),
        ("A security source", None),
        ("A Western security source in Norland", None),
        ("A former Norlandic security source", None),
        ("A Norlandic opposition source", None),
        ("A Norlandic soldier", "alpha"),
        ("Two members of the Norlandic armed forces", "alpha"),
        ("A member of the Norlandic delegation", "alpha"),
        ("A member of a family in Norland", None),
        ("A Norlandic corporal", "alpha"),
        ("The Ministry of Foreign Affairs of Norland", "alpha"),
        ("The Ministry of Defence of the Republic of Norland", "alpha"),
        ("The Republic of Norland", "alpha"),
        ("The commander of the Norlandic eastern group", "alpha"),
        ("An officer in the Norlandic second corps", "alpha"),
        ("The captain of the Norlandic patrol ship", "alpha"),
        ("The governor of Norland's eastern province", "alpha"),
        ("Norland's intelligence agency", "alpha"),
        ("The Norlandic news agency", None),
        ("The Norlandic media office", "alpha"),
        ("A Norlandic statement", "alpha"),
        ("The commander of UN troops in Norland", None),
        ("The director of a Norlandic hospital", None),
        ("The head of a Norlandic charity", None),
        ("A member of a Norlandic aid group", None),
        ("A commander of a Norlandic rebel group", None),
        ("The captain of a Norlandic fishing boat", None),
        ("A former soldier of Norland", None),
        ("A foreign fighter in Norland", None),
        ("The EU commissioner for Norland", None),
        ("The Norland division of the Red Cross", None),
        ("The Norlandic president's office", "alpha"),
        ("Norland's mission to the United Nations", "alpha"),
        ("The newspaper's Norland bureau", None),
        ("A joint statement by Norland and Sudria", None),
        ("Director Anna Weiss of the Norland Red Cross", None),
        ("Anna Weiss, who heads the Norland office of the Red Cross,", None),
        ("Ivan Pell, who leads the Norlandic opposition,", None),
        ("After talks with Norland's president, Special Envoy Anna Weiss", None),
        ("A former Norlandic minister", None),
        ("A retired Norlandic general", None),
        ("A Norlandic rebel commander", None),
        ("The Norlandic opposition leader", None),
    ],
)
def test_an_unnamed_official_is_his_party_s_own(speaker: str, party: str | None) -> None:
    """Whom a party's service lets speak unnamed is no independent voice; an analyst, or a source there, is no party."""
    (statement,) = read(f"{speaker} said Sudria had fired on the bridge.").statements
    assert statement.party == party
    assert (statement.origin is Origin.PARTY) == (party is not None)


@pytest.mark.parametrize(
    "introduced",
    [
        "Col. Ivan Pell of the Norlandic army denied it.",
        "President Ivan Pell of Norland denied it.",
        "Ivan Pell, who leads the Norlandic army, denied it.",
        "Mr. Pell (Norland): We deny it.",
        "Ms Pell (Norland) denied it.",
        "The Norlandic army's spokeswoman, Major Ida Pell, denied it.",
    ],
)
def test_a_name_beside_an_office_or_a_party_holds_for_the_story(introduced: str) -> None:
    """As news agencies and minutes write it; later the surname alone is known."""
    found = read(f"{introduced}\n\nPell accused Sudria of lying.").statements
    assert [(s.party, s.position) for s in found] == [("alpha", Position.DENIES), ("alpha", Position.ACCUSES)]


def test_a_party_s_name_may_go_on_behind_its_first_noun() -> None:
    """ "Coalition" alone is no name; the whole phrase is."""
    told = Document("d", "", "", "d", "The Coalition of Highland Forces denied the strike. A coalition denied it too.")
    found = extract([told], (Party("chf", "Coalition of Highland Forces", ()),)).statements
    assert [s.party for s in found] == ["chf", None]


def test_a_citizen_of_a_party_is_not_its_voice() -> None:
    """A name "of Norland" without an office is anybody."""
    (statement,) = read("Anna Weiss of Norland denied it.").statements
    assert statement.party is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Norland\'s government denies it. "Every lorry was checked," its spokesman said.', "spokesman"),
        ('The Norlandic delegation left. Its spokesman said only: "No comment."', "spokesman"),
        ("A denial came from Norland, whose spokesman said the tunnel was closed.", "spokesman"),
        ("Norland's minister said he would wait, a day after his deputy had denied the strike.", "deputy"),
    ],
)
def test_whose_spokesman_it_is_is_told_before(text: str, speaker: str) -> None:
    """An office owned by "its", "whose" or "his" is of the party that was named last, where one alone was."""
    told = [s for s in read(text).statements if s.speaker.split()[-1] == speaker]
    assert [s.party for s in told] == ["alpha"]
    for open_to_guess in (
        "Shells fell on Norland. Its spokesman denied the strike.",
        "Norland has lost a bridge. Reporters asked the mission, and its spokesman denied the strike.",
    ):
        assert {s.party for s in read(open_to_guess).statements} == {None}
    (_, admitted) = read("Norland said that Sudria, whose ministry admitted shelling Ostrel, was lying.").statements
    assert admitted.party == "bravo"


def test_who_is_accused_of_a_denial_has_not_denied() -> None:
    """Another says that it was denied, so nobody is made to deny."""
    for text in ("Norland was accused of denying the attack.", "Norland is suspected of denying the attack."):
        assert {s.position for s in read(text).statements} <= {Position.UNCLEAR, Position.ACCUSES}


def test_a_council_or_a_bank_is_no_person() -> None:
    """An institution "of Norland" gives its name to no other one."""
    for name in ("Security Council", "National Bank", "Supreme Command"):
        text = f"The {name} of Norland met on Monday. Later the UN {name} denied the strike."
        assert [s.party for s in read(text).statements] == [None]


def test_offices_of_offices_are_walked_along_once() -> None:
    """Twice at each would take a minute."""
    began = time.perf_counter()
    read("The " + "staff of " * 28 + "roads said that the bridge was shelled.")
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "Norland acknowledged that its agents had crossed the border but denied that they had fired.",
        "Norland said the accusations were baseless and denied the strike.",
        "Norland did not say that its guns had fired but denied the strike.",
        "Norland would not be drawn on the guns, denying the strike.",
    ],
)
def test_the_second_verb_of_telling_has_the_first_ones_teller(text: str) -> None:
    """It is not the agents, the accusations or the guns who deny."""
    denial = read(text).statements[-1]
    assert (denial.position, denial.party, denial.speaker) == (Position.DENIES, "alpha", "Norland")


@pytest.mark.parametrize(
    ("speaker", "party"),
    [
        ("Ivan Pell, Norland's defence minister,", "alpha"),
        ("Ivan Pell, a former Norlandic minister,", None),
        ("Norland's former president, Ivan Pell,", None),
        ("Former Norlandic minister Ivan Pell", None),
        ("A retired Gen. Ivan Pell of the Norlandic army", None),
        ("On Monday former Foreign Minister Ivan Pell of Norland", None),
    ],
)
def test_who_held_an_office_speaks_for_nobody(speaker: str, party: str | None) -> None:
    """Later in the story, by his surname alone, he does not either."""
    found = read(f"{speaker} denied that the army had fired. Pell accused Sudria of lying.").statements
    assert [s.party for s in found] == [party, party]


def test_a_stray_mark_inside_a_sentence_opens_nothing() -> None:
    """Only behind the end of a sentence a second opening mark tells that the first was meant."""
    text = 'The "ministry of truth said "We did not fire" on Monday, and nobody "in Velm believed it.'
    stretches = [text[q.start : q.end] for q in quotations(text, 0, len(text))]
    assert stretches == ["We did not fire"]


def test_a_slip_of_the_teller_s_marks_gives_nobody_words() -> None:
    """Where somebody is told to speak between two opening marks, or none of it is a sentence, it is no quotation."""
    text = "“We kept the truce,” said Norland's envoy. “Nobody fired, he added. Norland shelled Velm. “We will answer.”"
    stretches = [text[q.start : q.end] for q in quotations(text, 0, len(text))]
    assert stretches == ["We kept the truce,", "We will answer."]
    for text, meant in (
        ("„We held.“ Norland said. „Sudria fired.“", ["We held.", "Sudria fired."]),
        ('"He spoke for the U.S. "and left," it said.', ["and left,"]),
    ):
        assert [text[q.start : q.end] for q in quotations(text, 0, len(text))] == meant


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Norland said its guns had been silent all night.", True),
        ('"Our guns were silent all night," Norland said.', True),
        ("We will not leave Velm until Sudria opens the road.", False),
    ],
)
def test_a_statement_says_whether_newspapers_annotators_would_mark_it(text: str, marked: bool) -> None:
    """What somebody is cited for, yes; an author's own words, no; a language nothing was trained for, not known."""
    assert {s.attribution for s in read(text).statements} == {marked}
    ukrainian = Document("d", "press", "e", "a.txt", "Норландія заперечила, що обстріляла Вельм.", language="uk")
    assert {s.attribution for s in extract([ukrainian], ()).statements} == {None}


def check(text: str, found: Statements) -> None:
    ids = set()
    for statement in found.statements:
        assert statement.parent is None or statement.parent in ids
        ids.add(statement.id)
        assert statement.content
        for spans in (statement.source, statement.cue, statement.content):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
        assert statement.text == " … ".join(text[a:b] for a, b in statement.content)
    assert len(ids) == len(found.statements)
    for tally in found.tallies:
        assert tally.statement in ids
        assert text[tally.span[0] : tally.span[1]] == tally.text


PIECES = st.sampled_from(
    ['Norland', "Sudria's army", ' said', ' denied', ' confirm', ' deny', ' neither', ' nor', ' that', ' it fired', ' not',
     ' "', '"', '“', '”', ', ', '. ', '.\n\n', '\n', ' on Monday', ' according to', ' a demand', ' has rejected', ' 444 times',
     ' shelling Ostrel', ' whether', ' if', '\u200b', ' (Reuters)', ' he', ' adding', ' —', '…', ' to comment', ' refused']
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_gives_whole_spans(text: str) -> None:
    """Whatever the text: no crash, every span ordered, not empty and inside it, parents before children."""
    check(text, read(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    """Nothing depends on what was read before."""
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "sentence", ["Neither side has denied firing.", "Neither Norland nor Sudria denied the strike."]
)
def test_who_did_not_speak_has_denied_nothing(sentence: str) -> None:
    """A negated subject says nothing, least of all a denial."""
    assert {s.position for s in read(f"The day began quietly. {sentence} It ended so.").statements} <= {
        Position.UNCLEAR
    }
