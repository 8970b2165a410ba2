"""French words: what is elided, what is too common, what a plural comes from.

Everything here takes and gives folded words (see `cms.folding`).
"""

from __future__ import annotations

import snowballstemmer


def read_words(text: str) -> frozenset[str]:
    """Return the words of a list written as a text."""
    return frozenset(text.split())


ELIDED = read_words("l d j m t s n c qu jusqu lorsqu puisqu quoiqu")

STOP_WORDS = read_words("""
    a ai ainsi alors as au aucun aussi autre aux avec avez avoir avons c ce ceci cela
    celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de des
    donc dont du elle elles en encore est et etaient etait etant ete etes etre eu eux
    il ils j je l la le les leur leurs lui m ma mais me meme memes mes moi mon n ne ni
    nos notre nous on ont ou par pas peu peut pour pourquoi puis qu quand que quel
    quelle quelles quels qui quoi s sa sans se sera ses si soi soit son sont sous sur
    t ta te tes toi ton tous tout toute toutes tres tu un une vos votre vous y
""")

# Singulars that end like plurals.
_INVARIABLE = read_words("""
    acces anglais avis bas bois bras bus campus concours congres corps cours
    deces dos engrais exces fois francais frais gens gres gros gris jus lors mars mois
    pas pays poids plus proces processus progres propos rennais repas repos sas sens
    sous succes sursis temps tiers univers virus vers
""")
_IRREGULAR = {
    "baux": "bail",
    "coraux": "corail",
    "emaux": "email",
    "soupiraux": "soupirail",
    "travaux": "travail",
    "vantaux": "vantail",
    "vitraux": "vitrail",
    "cieux": "ciel",
    "yeux": "oeil",
    "messieurs": "monsieur",
    "mesdames": "madame",
}
# Plurals that only take an x, as ends of words: “tierslieux”, “milieux”.
_PLURALS_IN_X = (
    "eaux",
    "boyaux",
    "joyaux",
    "materiaux",
    "noyaux",
    "preaux",
    "tuyaux",
    "adieux",
    "aveux",
    "cheveux",
    "dieux",
    "enjeux",
    "essieux",
    "feux",
    "jeux",
    "lieux",
    "neveux",
    "voeux",
    "bijoux",
    "cailloux",
    "choux",
    "genoux",
    "hiboux",
    "poux",
)
_LONGEST_UNSTEMMED = 5
_SHORTEST_PLURAL = 4
_SHORTEST_STEM = 4

_snowball = snowballstemmer.stemmer("french")


def make_singular(word: str) -> str:
    """Return the singular of a folded word, or the word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _INVARIABLE or len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith(_PLURALS_IN_X):
        return word[:-1]
    if word.endswith("aux") and len(word) > _SHORTEST_PLURAL:
        return f"{word[:-2]}l"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def stem(word: str) -> str:
    """Return what a folded word shares with its other forms.

    Short words only lose their plural: Snowball makes “loyer” (rent) and “loi” (law)
    the same word.
    """
    singular = make_singular(word)
    if len(singular) <= _LONGEST_UNSTEMMED:
        return singular
    stemmed: str = _snowball.stemWord(singular)
    # “réalisée” and “réalisé” differ only by the accents that folding took away.
    without_e = stemmed.rstrip("e")
    return without_e if len(without_e) >= _SHORTEST_STEM else stemmed
