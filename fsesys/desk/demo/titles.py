"""What the projects of the demo office are about: titles of real fields, and their registers."""

import random
from functools import cache

FIELDS = {
    "sundhed": (
        ["Type 2-diabetes", "Kræftoverlevelse", "Apopleksi og genoptræning", "Depression og angst",
         "Kronisk obstruktiv lungesygdom", "Lav fødselsvægt", "Antibiotika i almen praksis"],
        ["BEF", "LPRADM", "LPRDIAG", "LMDB", "SSSY", "IND"],
    ),
    "arbejdsmarked": (
        ["Sygefravær", "Tilbagetrækning fra arbejdsmarkedet", "Lønforskelle mellem kvinder og mænd",
         "Nyuddannedes første job", "Langtidsledighed", "Fleksjob og førtidspension"],
        ["BEF", "RAS", "AKM", "BFL", "DREAM", "LONN"],
    ),
    "uddannelse": (
        ["Frafald på erhvervsuddannelserne", "Folkeskolekarakterer", "Klassestørrelse",
         "Overgangen fra gymnasium til universitet", "Specialundervisning"],
        ["BEF", "UDDA", "KOTRE", "UDFK", "UDG", "FAIK"],
    ),
    "familie": (
        ["Skilsmisse", "Børn og unge anbragt uden for hjemmet", "Enlige forsørgeres levevilkår",
         "Fertilitet og udskudt forældreskab"],
        ["BEF", "FAM", "FTDB", "AEGT", "BUA", "FAIK"],
    ),
    "erhverv": (
        ["Eksportvirksomheders produktivitet", "Virksomhedsoverdragelse i familieejede selskaber",
         "Kvinder i bestyrelser"],
        ["FIRM", "FIRE", "IDAN", "IDAS", "PERSBEST"],
    ),
}  # fmt: skip
ANGLES = [
    "{} og social ulighed i Danmark", "{} over livsforløbet: en kohorteundersøgelse",
    "{} før og efter reformen", "{} i by og på land", "{} blandt indvandrere og efterkommere",
]  # fmt: skip
FIRMS = [
    "{} i krise og opgang", "{} og adgang til kapital", "{} før og efter reformen",
    "{} i by og på land", "{}: en panelanalyse",
]  # fmt: skip


@cache
def projects() -> list:
    """(title, field) of every project there is to tell of, mixed."""
    told = []
    for field, (topics, _registers) in FIELDS.items():
        angles = FIRMS if field == "erhverv" else ANGLES
        told += [(angle.format(topic), field) for topic in topics for angle in angles]
    random.Random(4).shuffle(told)  # noqa: S311 - the same office on every machine
    return told


def stated(title, field, dice) -> dict:
    """The words of a proposal with that title."""
    names, topic = FIELDS[field][1], title[:1].lower() + title[1:]
    return {
        "title": title,
        "purpose": f"Projektet undersøger {topic}. Formålet er forskning af samfundsmæssig betydning.",
        "description": "Vi følger populationen over tid og sammenligner med en kontrolgruppe af"
                       " samme køn og alder. Analyserne er regressioner og forløbsanalyser.",
        "importance": "Resultaterne kan bruges af ministerier og kommuner til bedre indsatser.",
        "population": dice.choice((
            "Alle med bopæl i Danmark i perioden, som var mindst 18 år.",
            "Personer født 1960-1995, og deres forældre og børn.",
            "En stikprøve på 30 pct. af befolkningen i den erhvervsaktive alder.",
        )),
        "outputs": "To til fire videnskabelige artikler og en rapport på dansk.",
        "publications": "Internationale tidsskrifter og instituttets skriftserie.",
        "legal_basis": "Databeskyttelseslovens § 10.",
        "impact_reason": "Følsomme oplysninger om mange personer over lang tid.",
        "benefit": "Bedre viden til gavn for borgere og beslutningstagere.",
        "funding": dice.choice(("Danmarks Frie Forskningsfond", "Novo Nordisk Fonden",
                                "Egne midler", "Velux Fonden", "EU, Horizon Europe")),
        "external_data": "",
        "names": sorted(dice.sample(names, dice.randint(3, len(names))), key=names.index),
    }  # fmt: skip
