"""English: cues by speech act and the small words of polarity. Data only; add a word to its line."""

from __future__ import annotations

from truceline.statements.languages.language import Act, Cue, Frame, Language
from truceline.statements.languages.shapes import ENGLISH_SHAPES

_CLAUSE, _QUOTE, _OBJECT = Frame.CLAUSE, Frame.QUOTE, Frame.OBJECT
_GERUND, _INFINITIVE, _OF, _FOR = Frame.GERUND, Frame.INFINITIVE, Frame.OF, Frame.FOR

_BY_ACT: tuple[tuple[Act, tuple[Frame, ...], str], ...] = (
    (
        Act.ASSERT,
        (_CLAUSE, _QUOTE),
        "add affirm allege argue assert assure believe comment complain contend continue declare emphasise "
        "emphasize explain highlight hint imply indicate inform insist maintain mention note observe post "
        "quip reassert reassure recall reiterate remark repeat reply respond restate reveal say signal state stress "
        "suggest think tweet underline underscore warn write find charge protest testify inform caution retort counter "
        "clarify specify stipulate boast lament proclaim reaffirm confide estimate assess",
    ),
    (Act.ASSERT, (_CLAUSE, _QUOTE, _OBJECT), "announce claim"),
    (Act.ASSERT, (_CLAUSE, _QUOTE, _INFINITIVE), "tell"),
    (Act.REPORT, (_CLAUSE, _QUOTE, _OBJECT, _GERUND), "report"),
    (Act.ACKNOWLEDGE, (_CLAUSE, _QUOTE, _OBJECT, _GERUND), "acknowledge admit concede confess"),
    (Act.CONFIRM, (_CLAUSE, _QUOTE, _OBJECT, _GERUND), "confirm"),
    (Act.DENY, (_CLAUSE, _QUOTE, _OBJECT, _GERUND, _INFINITIVE), "deny disavow rebut refute disclaim"),
    (Act.DENY, (_OBJECT,), "dispute contest disown contradict"),
    (Act.ACCUSE, (_OF,), "accuse blame fault reproach"),
    (Act.ACCUSE, (_OBJECT,), "condemn denounce decry lambast slam deplore rebuke implicate"),
    (Act.PROMISE, (_CLAUSE, _QUOTE, _INFINITIVE, _OBJECT), "pledge promise undertake vow swear threaten offer"),
    (Act.PROMISE, (_INFINITIVE,), "plan intend commit volunteer"),
    (Act.PROMISE, (_OBJECT, _CLAUSE), "guarantee"),
    (Act.CALL_FOR, (_CLAUSE, _QUOTE, _INFINITIVE, _OBJECT), "demand"),
    (Act.CALL_FOR, (_CLAUSE, _QUOTE, _INFINITIVE), "implore urge plead beg entreat exhort"),
    (Act.CALL_FOR, (_INFINITIVE,), "order instruct command encourage advise push"),
    (Act.CALL_FOR, (_CLAUSE, _INFINITIVE, _OBJECT, _GERUND), "propose recommend request seek"),
    (Act.CALL_FOR, (_INFINITIVE, _FOR), "call appeal press ask want invite lobby"),
    (Act.CALL_FOR, (_CLAUSE, _OF), "remind"),
    (Act.CALL_FOR, (_CLAUSE, _OBJECT, _GERUND), "advocate"),
    (Act.ACCEPT, (_CLAUSE, _INFINITIVE, _FOR), "agree consent accede assent acquiesce"),
    (
        Act.ACCEPT,
        (_OBJECT,),
        "accept approve endorse back ratify adopt embrace sign okay greenlight recognise recognize",
    ),
    (
        Act.REJECT,
        (_OBJECT, _GERUND),
        "dismiss oppose rebuff reject spurn repudiate exclude veto scorn snub renounce scrap",
    ),
    (Act.REJECT, (_OBJECT,), "turn down vote down"),
    (Act.REJECT, (_OBJECT,), "brush off brush aside shrug off laugh off wave away"),
    (Act.VAGUE, (_OBJECT, _GERUND), "welcome study weigh examine consider mull review ponder contemplate"),
    (Act.VAGUE, (_CLAUSE, _INFINITIVE, _QUOTE, _OBJECT), "hope wonder doubt"),
    (Act.ASSERT, (_CLAUSE, _QUOTE, _GERUND), "suggest"),
    (Act.REJECT, (_OBJECT, _GERUND, _CLAUSE), "rule out"),
    (Act.PREDICT, (_CLAUSE, _INFINITIVE, _QUOTE, _OBJECT), "anticipate expect forecast predict"),
    (Act.PREDICT, (_CLAUSE,), "fear foresee envisage"),
    (Act.ASSERT, (_CLAUSE, _QUOTE), "point out make clear"),
    (Act.REFUSE, (_INFINITIVE, _OBJECT), "decline refuse"),
)


# Lines whose cues are a verb and its particle.
_PHRASES = {
    "rule out": ["rule out"],
    "turn down vote down": ["turn down", "vote down"],
    "brush off brush aside shrug off laugh off wave away": [
        "brush off",
        "brush aside",
        "shrug off",
        "laugh off",
        "wave away",
    ],
    "point out make clear": ["point out", "make clear"],
}


def _verbs() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for act, frames, words in _BY_ACT:
        lemmas = _PHRASES.get(words) or words.split()
        table.update({lemma: Cue(act, frozenset(frames)) for lemma in lemmas})
    return table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Language(
    code="en",
    verbs=_verbs(),
    nouns={
        "accusation": Act.ACCUSE,
        "allegation": Act.ACCUSE,
        "assertion": Act.ASSERT,
        "belief": Act.ASSERT,
        "claim": Act.ASSERT,
        "conviction": Act.ASSERT,
        "demand": Act.CALL_FOR,
        "denial": Act.DENY,
        "expectation": Act.PREDICT,
        "hope": Act.PREDICT,
        "pledge": Act.PROMISE,
        "position": Act.ASSERT,
        "promise": Act.PROMISE,
        "view": Act.ASSERT,
    },
    nominals={
        noun: act
        for act, nouns in (
            (Act.DENY, "denial disavowal rebuttal"),
            (Act.REJECT, "refusal rejection dismissal"),
            (Act.ACCEPT, "acceptance consent acquiescence"),
            (Act.CALL_FOR, "demand call appeal request proposal plea insistence"),
            (Act.PROMISE, "offer promise pledge vow assurance guarantee undertaking threat commitment"),
            (Act.ACKNOWLEDGE, "admission acknowledgement acknowledgment confession"),
            (Act.ACCUSE, "accusation allegation charge"),
            (Act.ASSERT, "claim assertion contention warning"),
            (Act.PREDICT, "prediction forecast expectation"),
        )
        for noun in nouns.split()
    },
    offers=_words("terms term request invitation ultimatum suggestion overture deadline text draft mediation wording"),
    negations=_words("not n't never no neither nor none nobody nothing without hardly no-one"),
    refusals=_words(
        "unable refuse decline fail avoid impossible unwilling short cannot refrain incapable reluctant refusal "
        "inability decline without"
    ),
    confirming=_words("confirm acknowledge admit verify corroborate affirm own"),
    denying=_words("deny refute rebut dispute"),
    pairing=_words("exclude disown disavow reject rule contradict"),
    confirmations=_words("confirmation"),
    denials=_words("denial"),
    harm_verbs=_words(
        "attack bomb bombard fire shell strike raid ambush assault hit launch violate pound storm mine shoot destroy "
        "torch down sink blow"
    ),
    wrong_verbs=_words(
        "abduct abuse beat bar block burn capture conceal cross deploy detain evict hide imprison invade jam keep loot "
        "move occupy push ignore subject sabotage disrupt rearm regroup seize stage steal torture use wound withhold"
    ),
    breach_verbs=_words("breach break violate"),
    breach_objects=_words(
        "accord agreement armistice ceasefire cease-fire deal pause truce silence line terms commitment moratorium "
        "regime obligation promise undertaking understanding protocol pledge memorandum"
    ),
    harm_nouns=_words(
        "attack airstrike ambush assault barrage bombardment breach fire shelling strike violation raid salvo "
        "firing shooting"
    ),
    stopping=_words("cease halt stop end suspend avoid"),
    falsehoods=_words(
        "false untrue baseless fabricated unfounded groundless fabrication lie lies fake invented wrong incorrect "
        "disinformation nonsense forgery fake hoax myth fiction invention propaganda provocation slander fabricated "
        "absurd ridiculous unsubstantiated "
        "beneath ludicrous preposterous outlandish malicious one-sided biased deepfake montage concocted "
        "computer-generated "
        "staged doctored smear smears pure fables fable laughable rumour rumours rumor rumors tale tales libel"
    ),
    access_nouns=_words(
        "access aid care entrance entry justice opportunity passage permission request right treatment visa"
    ),
    accusations=_words(
        "accusation allegation blame charge claim claims report reports responsibility suggestion involvement "
        "insinuation accusations allegations charges finding findings conclusion "
        "conclusions version account slander "
        "smear lie lies footage video image images photograph photographs clip fabrication slur "
        "rumour rumor rumours rumors speculation narrative"
    ),
    silence=_words("comment say elaborate discuss speculate answer disclose divulge reveal specify identify"),
    agreeing=_words(
        "accept agree consent sign stop cease observe comply join negotiate withdraw halt talk return extend open "
        "release free pull leave meet consider hand hold come start begin resume reopen lift live prepare prepared "
        "ready willing happy possible give send require regard"
    ),
    needing=_words("need require necessary"),
    conditions=_words("if unless provided providing once until"),
    hedges=_words(
        "about allegedly almost apparently approximately likely maybe nearly only perhaps possibly potentially "
        "probably reportedly repeatedly"
    ),
    backers=_words("aid approval assistance backing consent cooperation help involvement permission support"),
    anaphors=_words(
        "accusation allegation assertion charge claim condition demand idea move offer plan position proposal"
    ),
    roles=_words(
        "adviser advisor aide ambassador army assistant attache brigade captain chairman chairwoman chancellor "
        "chief colonel command commander defence defense delegate delegation deputy diplomat director emperor "
        "envoy foreign general gen. col. lt. maj. government governor head information interior king lawmaker "
        "leader leadership lieutenant major marshal military minister ministry monarch negotiator office official "
        "parliament permanent premier presidency president press prime prince queen representative secretary "
        "security speaker special spokesman spokesperson spokeswoman staff vice acting former of the for state "
        "senior national army's armed forces ombudsman police mod mfa hq officer sergeant brigadier admiral"
    ),
    grand=_words(
        "accept agree sign negotiate cede recognise recognize concede yield surrender give withdraw compromise "
        "discuss extend disarm talk tolerate relinquish abandon"
    ),
    inward=_words(
        "know want need expect think believe understand see hear receive get have be reach decide agree consider "
        "begin finish change begin start begin feel like intend seem mean care remain matter exist verify"
    ),
    monitors=_words("mission monitors monitor observers observer monitoring crescent verification watchdog inspectors"),
    expressions=(
        ("take", "responsibility", Act.ACKNOWLEDGE),
        ("claim", "responsibility", Act.ACKNOWLEDGE),
        ("accept", "responsibility", Act.ACKNOWLEDGE),
        ("accept", "blame", Act.ACKNOWLEDGE),
        ("take", "blame", Act.ACKNOWLEDGE),
        ("admit", "responsibility", Act.ACKNOWLEDGE),
        ("claim", "credit", Act.ACKNOWLEDGE),
        ("take", "credit", Act.ACKNOWLEDGE),
        ("bear", "responsibility", Act.ACKNOWLEDGE),
        ("deny", "responsibility", Act.DENY),
        ("reject", "responsibility", Act.DENY),
        ("reject", "blame", Act.DENY),
        ("give", "nod", Act.ACCEPT),
        ("give", "light", Act.ACCEPT),
        ("give", "backing", Act.ACCEPT),
        ("lift", "objection", Act.ACCEPT),
        ("lift", "veto", Act.ACCEPT),
        ("give", "pledge", Act.PROMISE),
        ("make", "pledge", Act.PROMISE),
        ("make", "commitment", Act.PROMISE),
        ("give", "undertaking", Act.PROMISE),
        ("withhold", "consent", Act.REJECT),
        ("withdraw", "consent", Act.REJECT),
        ("refuse", "permission", Act.REJECT),
        ("point", "finger", Act.ACCUSE),
        ("level", "accusation", Act.ACCUSE),
        ("trade", "accusation", Act.ACCUSE),
        ("trade", "blame", Act.ACCUSE),
        ("exchange", "accusation", Act.ACCUSE),
        ("give", "assent", Act.ACCEPT),
        ("give", "assurances", Act.PROMISE),
        ("profess", "readiness", Act.ACCEPT),
        ("express", "interest", Act.VAGUE),
        ("make", "appeal", Act.CALL_FOR),
        ("issue", "appeal", Act.CALL_FOR),
        ("make", "demand", Act.CALL_FOR),
        ("issue", "demand", Act.CALL_FOR),
        ("express", "regret", Act.VAGUE),
        ("express", "surprise", Act.VAGUE),
        ("express", "readiness", Act.ACCEPT),
        ("express", "willingness", Act.ACCEPT),
        ("dodge", "issue", Act.NO_COMMENT),
        ("avoid", "question", Act.NO_COMMENT),
        ("ignore", "question", Act.NO_COMMENT),
        ("decline", "comment", Act.NO_COMMENT),
        ("decline", "interview", Act.NO_COMMENT),
        ("refuse", "comment", Act.NO_COMMENT),
        ("give", "consent", Act.ACCEPT),
        ("give", "agreement", Act.ACCEPT),
        ("give", "approval", Act.ACCEPT),
        ("give", "blessing", Act.ACCEPT),
        ("drop", "objection", Act.ACCEPT),
        ("say", "yes", Act.ACCEPT),
        ("claim", "compliance", Act.ASSERT),
        ("claim", "victory", Act.ASSERT),
        ("give", "word", Act.PROMISE),
        ("give", "assurance", Act.PROMISE),
        ("give", "guarantee", Act.PROMISE),
        ("make", "promise", Act.PROMISE),
        ("say", "no", Act.REJECT),
        ("refuse", "consent", Act.REJECT),
        ("lay", "blame", Act.ACCUSE),
        ("put", "blame", Act.ACCUSE),
        ("pin", "blame", Act.ACCUSE),
        ("express", "doubt", Act.VAGUE),
        ("express", "hope", Act.VAGUE),
        ("express", "concern", Act.VAGUE),
        ("voice", "doubt", Act.VAGUE),
        ("take", "note", Act.VAGUE),
        ("pour", "water", Act.VAGUE),
        ("plead", "ignorance", Act.VAGUE),
        ("cast", "doubt", Act.VAGUE),
        ("make", "conditional", Act.ACCEPT),
        ("make", "contingent", Act.ACCEPT),
        ("make", "dependent", Act.ACCEPT),
        ("tie", "approval", Act.ACCEPT),
        ("tie", "consent", Act.ACCEPT),
        ("tie", "signature", Act.ACCEPT),
        ("link", "approval", Act.ACCEPT),
        ("link", "consent", Act.ACCEPT),
        ("link", "signature", Act.ACCEPT),
        ("brush", "question", Act.NO_COMMENT),
        ("dodge", "question", Act.NO_COMMENT),
        ("sidestep", "question", Act.NO_COMMENT),
        ("evade", "question", Act.NO_COMMENT),
        ("wave", "question", Act.NO_COMMENT),
        ("keep", "silence", Act.NO_COMMENT),
        ("maintain", "silence", Act.NO_COMMENT),
    ),
    naming=_words("brand call label describe term dismiss denounce reject deride style portray dub"),
    shapes=ENGLISH_SHAPES,
    organs=_words(
        "administration agency air army artillery authorities authority battalion batteries battery border brigade "
        "cabinet command commander commanders commission council defence defense delegation department embassy "
        "fighters force forces foreign government guards guns guard headquarters leadership military militia ministry "
        "mission navy negotiators office officials official parliament police positions presidency regiment service "
        "services side soldiers staff state side troops unit units gunners drones drone aircraft artillerymen "
        "men pilots sailors jets helicopters shell shells shot rockets missiles planes country snipers saboteurs "
        "mortars columns boats ships howitzers tanks warplanes infantry marines militias scouts patrols sappers "
        "bureau corps division wing garrison contingent detachment "
        "commandos crews gunboats bombers aviation fleet squadron squadrons submarines vessels"
    ),
    bodies=_words(
        "pm fm un eu osce au nato ngo charity charities group groups union bloc committee council panel watch agency "
        "organisation organization association peacekeepers monitors observers rebels insurgents movement party front "
        "coalition alliance mediator mediators facilitators guarantors hospital doctors residents villagers witnesses "
        "media analysts experts source sources diplomat diplomats judges court tribunal church bishop mayor lawyers "
        "families general generals admiral navy regulator operator company railway cross crescent report reports"
    ),
    layout=_words(
        "note update updated breaking exclusive video videos photo photos picture pictures map maps analysis opinion "
        "comment correction live watch timeline explainer factbox feature interview profile subject re annex article "
        "section chapter point item question date time place location status summary background headlines conclusion"
    ),
    outsiders=_words(
        "ally allies backer backers critic critics neighbour neighbours neighbor neighbors opponent opponents partner "
        "partners rival rivals supporter supporters"
    ),
    partly=_words("partly partially some"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    tally_nouns=_words(
        "airstrike airstrikes ambush ambushes assault assaults attack attacks bombardment bombardments breach breaches "
        "clash clashes drone drones explosion explosions incident incidents missile missiles raid raids "
        "rocket rockets round rounds salvo salvos salvoes shell shells shelling shellings shot shots strike strikes "
        "violation violations barrage barrages bursts burst mortar mortars"
    ),
    number_words={
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
        "hundred": 100,
    },
)
