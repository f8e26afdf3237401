"""Closed classes of English words, by which a question is taken apart, and names of places."""

from __future__ import annotations

from rag_app.text.dates import DAYS, MONTHS

# Besides the stop words: words that say nothing of what a question is about.
LIGHT = frozenset(
    (
        *("many", "much", "long", "old", "far", "ago", "again", "else", "exactly", "mean", "tell", "please", "okay"),
        *("ok", "well", "now", "still", "yet", "ones", "first", "happen", "happened", "don", "doesn", "didn", "isn"),
        *("wasn", "weren", "aren", "hasn", "haven", "couldn", "wouldn", "ll", "re", "ve", "m", "d", "year", "years"),
        *("be", "get", "got", "come", "came", "go", "went", "thanks", "thank", "hello", "hi", "hey", "bye", "goodbye"),
        *("sorry", "great", "nice", "yes", "no", "often", "since", "until", "till", "per", "must", "shall"),
    )
)
# Written with a capital, and no names.
DAYS_AND_MONTHS = frozenset((*DAYS, *MONTHS))
# What a noun may follow; "s" is that of "Acme's".
DETERMINERS = frozenset(
    (
        *("the", "a", "an", "of", "in", "on", "for", "at", "by", "from", "to", "with", "about", "s", "many", "much"),
        *("which", "what", "his", "her", "its", "their"),
    )
)
BE = frozenset(("is", "was", "are", "were"))
DO = frozenset(("do", "does", "did"))
MODALS = frozenset(("can", "could", "will", "would", "should", "may", "might", "must", "shall"))
AUXILIARY = BE | DO | MODALS | frozenset(("has", "have", "had"))
# Numbers of an order.
ORDINALS = frozenset((*("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"),))
# What a question asks with.
ASKS = frozenset((*("what", "who", "whom", "whose", "which", "when", "where", "why", "how"),))
# Prepositions that a phrase without a verb begins with.
BEGINS_PHRASE = frozenset((*("in", "for", "at", "from", "by", "with", "on", "during", "since", "after", "before", "per"),))
# Those of them that say where something is, or when.
WHERE = frozenset(("in", "on", "at"))
# Pronouns of people.
PEOPLE = frozenset((*("he", "him", "his", "she", "her", "hers"),))
ARTICLES = frozenset(("the", "a", "an", "my", "our", "your"))
# Pronouns that do something: a verb stands behind them.
SAY_WHO = frozenset((*("i", "we", "you", "they", "he", "she"),))
# Pronouns before what they own.
POSSESSIVE = frozenset((*("its", "their", "his", "her"),))
# Verbs as they stand behind "do", "can" and their like and what does it, where they are hardly ever nouns.
BASE_VERBS = frozenset(
    (
        *("accept", "allow", "apply", "arrive", "ask", "become", "begin", "bring", "buy", "carry", "choose", "claim", "come"),
        *(
            "contain",
            "cook",
            "cost",
            "cover",
            "deliver",
            "drive",
            "eat",
            "exclude",
            "expire",
            "get",
            "give",
            "go",
            "handle",
            "have",
            "hold",
        ),
        *("include", "keep", "know", "leave", "live", "lose", "make", "mean", "meet", "need", "offer", "own", "pay", "prefer"),
        *("produce", "provide", "receive", "refuse", "require", "return", "say", "see", "sell", "send", "serve", "sign", "speak"),
        *("spend", "start", "stay", "store", "support", "take", "teach", "tell", "wear", "weigh", "work", "write"),
    )
)
# Nouns of many that have no s.
MANY = frozenset(("people", "children", "men", "women", "kids", "staff", "police", "mice", "feet", "teeth", "data"))
LANGUAGES = frozenset(
    (
        *("Arabic", "Cantonese", "Chinese", "Czech", "Danish", "Dutch", "English", "Finnish", "French", "German", "Greek"),
        *("Hebrew", "Hindi", "Hungarian", "Italian", "Japanese", "Korean", "Latin", "Mandarin", "Norwegian", "Polish"),
        *("Portuguese", "Romanian", "Russian", "Spanish", "Swedish", "Thai", "Turkish", "Ukrainian", "Vietnamese", "Welsh"),
    )
)
# The places that people most often put for another: no word list tells which names are places.
PLACES = frozenset(
    (
        *("Africa", "America", "Argentina", "Asia", "Australia", "Austria", "Belgium", "Brazil", "Britain", "Canada"),
        *("Chile", "China", "Denmark", "Egypt", "England", "Europe", "Finland", "France", "Germany", "Greece"),
        *("Hungary", "India", "Indonesia", "Iran", "Iraq", "Ireland", "Israel", "Italy", "Japan", "Kenya", "Korea"),
        *("Malaysia", "Mexico", "Netherlands", "Nigeria", "Norway", "Pakistan", "Peru", "Poland", "Portugal"),
        *("Romania", "Russia", "Scotland", "Singapore", "Spain", "Sweden", "Switzerland", "Taiwan", "Thailand"),
        *("Turkey", "UK", "USA", "Ukraine", "Vietnam", "Wales", "Beijing", "Berlin", "London", "Madrid", "Moscow"),
        *("Paris", "Rome", "Shanghai", "Tokyo", "Vienna"),
    )
)
