"""Closed lists of the words that decide what a sentence claims."""

from __future__ import annotations

import re


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _words("the a an its their his her our my your this these those that also did do does had have has then")
BE_PRESENT = _words("is are am")
BE_PAST = _words("was were")
BE = BE_PRESENT | BE_PAST | _words("be been being")
CONJUNCTIONS = _words("and or but nor while whereas as than who which whom whose where when because although though so yet")
PREPOSITIONS = _words(
    "in on at of by to from for with into during near within under through between among across along upon onto about via "
)
PLACES = _words("in on at")
OPENING_ADJUNCTS = PREPOSITIONS | _words("after before since as when while although because")
# Prepositions of whom something is so for (for his followers, he was a saint), unless a number follows (for 20 years).
VIEWPOINTS = _words("for to with of about")
# Before "of", what follows it decides the sense (the end of the war, a lack of food), so that it may not be left out.
PARTITIVES = _words(
    "part parts half rest majority minority quarter percent % number amount end start beginning lack absence loss "
    "threat risk idea kind sort type form share piece member members father mother son daughter brother sister wife "
    "husband friend enemy "
)
# A frame that opens a sentence and makes its claim one of a story or a proposal.
FRAMES = _words(
    "novel film story play dream dreams legend legends tale tales fiction theory hypothesis proposal draft scenario opera series "
    "game error mistake paper principle account accounts view views opinion opinions eyes imagination version folklore "
    "tradition rumours rumors critics rivals opponents supporters best worst "
)
COMPASS = _words("north south east west northeast northwest southeast southwest centre")
# Labels before a colon that claim nothing of what follows; behind any other (Goal:, Myth:) stands no claim of the document.
PLAIN_LABELS = _words("note notice hours address summary result results conclusion answer")
# What may stand before a name, which is the same without it: (Dr.) Anna Lind.
TITLES = _words("dr mr mrs ms prof sir .")
# What begins a question or a condition: (Does) coffee cause cancer, (had) they left. Elsewhere they stand with a verb.
INVERTING = _words("do does did has have had")
# What an amount of money or a rate is told in, by its stem.
MONEY = _words("dollar euro pound yuan krone kroner crown franc yen cent percent %")
# Words of a clause that do not reach into another one with a subject of its own: (Nobody died, but) three people were hurt.
DENYING = _words("not no never none nobody nothing neither without hardly barely")
# What opens a clause that may stand before or behind the main one.
OPENING_CLAUSES = _words("if when because although unless while once")
# What may be answered with yes by each other: Can I, you may.
MAY = _words("can may")
# What follows a verb at once, besides a preposition, an article and a number.
AFTER_VERB = _words("up it him them her")
MODALS = _words("will must may can should shall might could would")
# Verbs of a report that "according to" says as well.
REPORTED = _words("said says stated states reported reports explained explains noted notes")
# Words of a report that stand beside it, before or after a comma: what is told is somebody's word.
REPORTING = _words(
    "told tells wrote writes announced stated recalled insisted insists assumed assumes imagined imagines dreamed dreamt dreams "
    "pretended swore warned warns feared guessed speculated accused "
)
IRREGULAR_PAST = _words(
    "became began bent bet bit bled blew bore bought bound bred broke brought built burnt came caught chose clung crept cut "
    "dealt did drank drew dreamt drove dug ate fed fell felt fled flew fought found froze gave got grew had heard held hid hit "
    "hung hurt kept knelt knew laid lay led left lent let lit lost made meant met overtook paid put ran rang rode rose sang "
    "sank sat saw sent set shook shot shrank shut slept slid sold sought spent spoke sprang spread stole stood struck stuck "
    "swam swept swore swung taught thought threw told took tore understood went wept withdrew woke won wore wound wrote "
)
# Irregular participles that are no past tense.
PARTICIPLES = _words(
    "born known written drawn grown shown given taken seen done chosen spoken broken frozen stolen torn sworn fallen hidden "
    "driven thrown woven begun sung rung sunk drunk run come become overthrown undertaken mistaken forgotten beaten bitten "
)
# What makes a claim hold only within what is named beside it: the largest (in Norway).
SUPERLATIVES = _words("most least best worst only sole last")
NOT_SUPERLATIVE = _words("forest interest request arrest protest harvest honest modest priest contest guest chest conquest quest")
OWNERS = _words("his her their its my our your")
# Before a noun that is what somebody is, and so no second thing: was a painter, worked as a nurse.
LINKING = BE | _words("as became becomes become")
PERSONS = _words("he she they")
REGIONS = _words("area region district city town village county province")
PLACE_PARTS = REGIONS | _words(
    "centre center heart capital suburb suburbs neighbourhood neighborhood parish quarter borough port"
)
# What joins or asks for a clause without which the one before it is another claim, where no comma parts them.
RELATIVE = _words("that who which")
RESTRICTING = _words("who whom whose which when where")
PRONOUNS = _words("he she it they this these")
# "The area" may stand for the name of an area; "the council" is somebody else than the town.
KINDS_OF_THING = _words(
    "area company firm city town village country region island river lake bridge building book film novel ship "
    "school university organisation organization station museum team club party "
)
# Words that turn, weaken, condition or report what stands beside them, wherever in the sentence: none may be left out.
TURNING = _words(
    "not no never none nobody nothing cannot without neither nor unable fail failed fails failure deny denied "
    "denies denying refuse refused refuses refusing reject rejected rejects refute refuted dispute disputed false "
    "falsely hardly barely scarcely rarely seldom lack lacked lacks lacking stop stopped prevent prevented prevents "
    "avoid avoided abandon abandoned cancel cancelled canceled forbid forbade forbidden ban banned declined may "
    "might could would should can must will shall plan plans planned planning propose proposed intend intended "
    "intends expect expected expects hope hopes hoped aim aims aimed try tried tries trying attempt attempted "
    "attempts want wanted allege alleged allegedly alleges claim claims claimed claiming reportedly reported "
    "supposedly supposed purportedly apparently perhaps possibly possible probably probable likely unlikely maybe "
    "suspected suspect rumour rumor rumoured rumored suggest suggests suggested believe believed believes think "
    "thought thinks say says said argue argued argues consider considered seem seems seemed appear appears appeared "
    "estimate estimated forecast predicted threatened promise promised promises if unless except until only "
    "provided whether otherwise hypothetical fictional almost nearly partly partially according myth denial refusal "
    "doubt doubted doubts doubtful unclear unknown unconfirmed disproved wrongly mistakenly "
    "respectively "
)
# What makes a claim the wider, the more is left out: a law that does not apply (to small firms), all customers (with a receipt).
WIDENING = _words(
    "not no never none nobody nothing cannot without neither nor all every each any always everyone everybody everything anyone"
)
# Verbs that an amount follows, by their stem.
MEASURING = _words("cost weigh last measur take pay hold")
# A part of one more, behind an amount: two years and a (half).
SHARES = _words("half third quarter")
# What holds of several together, and so not of the first of them: divided into a hall (and a kitchen).
SHARING = _words("between both consist consists consisted comprise comprises comprised divided split shared jointly together")
# What limits an amount or a claim behind a comma, in brackets or as an aside: (, plus tax), (per person), (unaudited).
LIMITING = _words(
    "per plus minus excluding excluded net gross subject depending assuming pending unaudited thousands millions each apiece "
    "roughly give contrary average minimum maximum "
)
# Before "which" behind a comma, what tells more of a thing and does not limit it: (, during which …).
WHICH_TELLS = _words("of during in from after")
REASONS = _words("because due owing thanks")
# What an amount holds of: 5 euros (, children half price), 300 m (, including the antenna).
SEVERAL = _words("children people men women")
INCLUDING = _words("including excluding counting incl excl")
# What is so of it after a preposition only at its bounds: at (least), on (average).
LEVELS = _words("least most best worst average peak")
# Days on which something is so again and again: (, on Sundays,).
DAYS = _words("mondays tuesdays wednesdays thursdays fridays saturdays sundays weekdays weekends holidays")
# On what terms something may or must be done: may be ended (with a month's notice).
TERMS = _words("with within upon under")
# What opens an event that goes with what happened once: (when she left,) (after the war,).
EVENT_OPENINGS = _words("when while as because since after although during")
# Prepositions of when and where, and of by whom something was done; to and into after a verb of the past: opened (to the public).
CIRCUMSTANTIAL = _words("in on at by near during")
DIRECTIONS = _words("to into from")
# Words of an opening that tells when something happened: (in the spring), (at the age of 12).
TIMES = _words("year month week day spring summer autumn winter morning century decade age")
# What begins a condition behind a claim: (in case of fire), (as long as they register), (on condition that …).
CONDITIONS = _words("case event condition conditions exception absence assumption long far")
# The words in -ly that may be left out: adverbs without which a claim is no wider, and what is no adverb. Others may say how
# often, how nearly, when or for whom something is so: formerly, usually, loosely, officially.
PLAIN_IN_LY = _words(
    "accordingly actively additionally actually beautifully bravely carefully clearly closely completely consequently "
    "considerably deeply deliberately dramatically eagerly easily entirely eventually explicitly famously finally firmly "
    "fortunately fully gradually greatly happily heavily highly immediately importantly interestingly notably openly "
    "peacefully personally promptly proudly quickly quietly rapidly readily really sadly sharply significantly "
    "simultaneously skilfully skillfully slowly smoothly steadily strongly subsequently substantially successfully suddenly "
    "surprisingly swiftly thoroughly totally truly unanimously unfortunately warmly widely family assembly supply reply "
    "ally monopoly deadly friendly costly "
)
# Words that may be left out with the phrase they stand in, but not out of the middle or just before what is kept.
WEIGHTY = _words(
    "all every each some most many few several any both half more less fewer least best worst first last second "
    "third only former vice deputy acting ex future fake mock would-be north south east west northern southern "
    "eastern western before after since above below over under around about approximately up down outside inside "
    "non anti pro second-largest largest smallest highest lowest biggest longest shortest oldest youngest earliest "
    "latest early late again against instead rather too fewest "
    # of a hundred thousand nothing is a number by itself
    "hundred thousand million billion trillion dozen "
    # such a thing is none: a toy gun, an honorary consul
    "toy model artificial imitation counterfeit forged so-called self-styled self-proclaimed honorary assistant associate "
    "interim provisional shadow crown nominal unofficial unfinished incomplete draft virtual simulated imaginary legendary "
    "mythical stuffed replica substitute junior pseudo titular "
    # or is one no longer, not yet, or in part: a trainee nurse, a partial solution
    "retired outgoing designated trainee aspiring unsuccessful disgraced dead pilot demonstration preliminary partial "
    "unpublished unbuilt incorrect wrong sham "
)
# What opens a part that says nothing without the one after its comma.
SUBORDINATE = _words("although though because since when while as if after before given considering despite unlike")
QUESTION_WORDS = _words("who what when where which why how whose whom")
META = re.compile(
    r"\b(?:text|passage|context|document|article|question|answer|paragraph|excerpt|information)\b.{0,20}\b"
    r"(?:says?|states?|mentions?|tells?|"
    r"describes?|shows?|provides?|is|provided|given|above)\b|\bbased on\b|\baccording to the\b|\bas an ai\b|"
    r"^\W*(?:i|i'm|we|you)\b|"
    r"(?:文字|文章|文中|文本|段落|原文|上文|资料|材料|问题|答案|以上|上述|本文).{0,6}(?:说|指出|提到|显示|提及|表明|可知|是|中|内容)|"
    r"^(?:答案?|回答)[:：是]|根据(?:以上|上述|所给|给出|提供|文|原文|上文|资料|材料)|^我",
    re.IGNORECASE,
)
# What a model says before its answer without saying anything.
_SOURCE = r"(?:text|context|passage|document|article|paragraph|excerpt|information)s?"
LEAD = re.compile(
    r"^\W*(?:(?:the |my )?answer(?: to (?:the|this|your) question)?(?: is| would be)?(?: that|:)+|"
    rf"(?:based on|according to|from|as (?:stated|mentioned|described) in) (?:the|this) (?:(?:given|provided|above) )?{_SOURCE}"
    r"(?: (?:provided|given|above))?(?:,|:| that)+|"
    rf"the (?:(?:given|provided|above) )?{_SOURCE} (?:says|states|mentions|tells us) that)\s+|"
    r"^(?:答案?|回答)(?:[:：]|是[:：，,]?)\s*|^A[:：]\s*|^(?:根据|依据|按照)(?:以上|上述|所给|给出的?|提供的?|这段|原|上)?"
    r"(?:文字|文章|文本|段落|资料|材料|内容|文|信息)(?:可知)?[，,:：]\s*|^(?:文中|文章|原文)(?:提到|指出|说)(?:[，,:：])?",
    re.IGNORECASE,
)
