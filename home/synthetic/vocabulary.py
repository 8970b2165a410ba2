"""Words and towns that synthetic records are made of. None of them exists."""

from __future__ import annotations

from typing import Final, NamedTuple


class Town(NamedTuple):
    """A town, roughly where it is (degrees), and its clock."""

    postcode: str
    name: str
    latitude: float
    longitude: float
    zone: str = "Europe/Paris"


TOWNS: Final = (
    Town("22110", "Rostrenen", 48.236, -3.316),
    Town("22000", "Saint-Brieuc", 48.514, -2.765),
    Town("29200", "Brest", 48.390, -4.486),
    Town("29270", "Carhaix-Plouguer", 48.278, -3.573),
    Town("35000", "Rennes", 48.117, -1.678),
    Town("35600", "Redon", 47.651, -2.084),
    Town("56300", "Pontivy", 48.068, -2.963),
    Town("56100", "Lorient", 47.748, -3.366),
    Town("33000", "Bordeaux", 44.838, -0.579),
    Town("24000", "Périgueux", 45.184, 0.721),
    Town("40000", "Mont-de-Marsan", 43.890, -0.501),
    Town("64000", "Pau", 43.296, -0.370),
    Town("31000", "Toulouse", 43.605, 1.444),
    Town("81000", "Albi", 43.929, 2.148),
    Town("12000", "Rodez", 44.350, 2.575),
    Town("09000", "Foix", 42.965, 1.607),
    Town("38000", "Grenoble", 45.188, 5.724),
    Town("69003", "Lyon", 45.758, 4.851),
    Town("07000", "Privas", 44.735, 4.599),
    Town("63000", "Clermont-Ferrand", 45.778, 3.087),
    Town("97400", "Saint-Denis", -20.882, 55.450, "Indian/Reunion"),
    Town("97200", "Fort-de-France", 14.616, -61.058, "America/Martinique"),
)

SPACE_NAMES: Final = (
    "L’Atelier", "La Fabrique", "Le Grenier", "La Ruche", "Le Comptoir", "La Halle",
    "L’Étape", "La Verrière", "Le Lavoir", "La Remise", "Le Préau", "La Forge",
)  # fmt: skip
ADJECTIVES: Final = (
    "partagé", "du canal", "des voisins", "du quai", "de la gare", "d’en face",
    "du marché", "des collines", "du bourg", "des tilleuls",
)  # fmt: skip
OCCASIONS: Final = (
    "Atelier", "Café", "Visite", "Rencontre", "Formation", "Repas", "Permanence",
    "Veillée", "Chantier", "Discussion",
)  # fmt: skip
SUBJECTS: Final = (
    "budget", "bail", "télétravail rural", "tiers-lieu et commune", "assurance",
    "outils libres", "statuts d’association", "animation", "cuisine partagée",
    "impression 3D", "jeux de société", "réparation de vélos", "accueil des nomades",
    "communication", "subventions européennes", "charte du réseau",
)  # fmt: skip
SENTENCES: Final = (
    "On vient avec une question, on repart avec trois pistes.",
    "Une table, des chaises, et le temps qu’il faut.",
    "Chacun apporte ce qu’il a noté depuis la dernière fois.",
    "Ouvert à qui travaille seul et voudrait ne plus l’être.",
    "Les personnes qui débutent parlent d’abord.",
)
