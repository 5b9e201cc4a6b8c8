"""Made-up researchers of the demo office: no two have the same name, so nobody is taken for another."""

FIRST = [
    "Agnes", "Aksel", "Amalie", "Asger", "Astrid", "August", "Benjamin", "Camilla", "Cecilie",
    "Christian", "Clara", "Daniel", "Ditte", "Ebbe", "Eja", "Elias", "Emil", "Esther", "Fatima",
    "Freja", "Gustav", "Hanne", "Hassan", "Helle", "Ida", "Ingrid", "Jakob", "Johanne", "Jonas",
    "Josefine", "Julie", "Kasper", "Katrine", "Kristoffer", "Laura", "Lasse", "Line", "Louise",
    "Mads", "Magnus", "Malene", "Marie", "Mathias", "Mette", "Mikkel", "Nadia", "Nanna", "Oliver",
    "Peter", "Rasmus", "Rikke", "Sara", "Signe", "Simon", "Sofie", "Stine", "Tobias", "Trine",
    "Victor", "Yasmin",
]  # fmt: skip
LAST = [
    "Abildgaard", "Aagaard", "Bach", "Bak", "Bech", "Beck", "Bendtsen", "Berg", "Bisgaard",
    "Bonde", "Brandt", "Brix", "Buch", "Carstensen", "Clausen", "Dahl", "Damgaard", "Ebbesen",
    "Enevoldsen", "Falk", "Fisker", "Friis", "Gade", "Graversen", "Gram", "Hald", "Hauge", "Hjort",
    "Holst", "Høj", "Ibsen", "Jepsen", "Kirkegaard", "Klit", "Kofoed", "Kragh", "Lauritsen",
    "Lind", "Lorentzen", "Lykke", "Madsen", "Meldgaard", "Munk", "Nygaard", "Overgaard",
    "Paulsen", "Poulsen", "Ravn", "Riis", "Rosendahl", "Schmidt", "Skov", "Sloth", "Storm",
    "Thorup", "Toft", "Vestergaard", "Vinther", "Winther", "Østergaard",
]  # fmt: skip
ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def name(n: int) -> str:
    """The n-th name; 3600 of them differ."""
    first = n % len(FIRST)
    return f"{FIRST[first]} {LAST[(first * 7 + n // len(FIRST)) % len(LAST)]}"


def mail(person: str, domain: str) -> str:
    """The mail of the person at the domain."""
    return f"{person.lower().translate(ASCII).replace(' ', '.')}@{domain}"
