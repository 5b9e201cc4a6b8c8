"""Facts for every kind of letter, in both languages: what a caller of compose() has to give."""

from tests.unit.core.letters import project_facts

KINDS = (
    "receipt", "questions", "reminder", "countersign_reminder", "recommendation", "agreement",
    "cover", "rejection", "lapse", "withdrawal", "reopening", "welcome",
    "responsible_declaration", "responsible_changed", "responsible_reminder",
    "extension_agreement", "extension_in_force", "extension_receipt", "extension_cover",
    "extension_rejection", "extension_lapse", "extension_withdrawal", "supplementary_agreement",
    "yearly_review",
    "hold", "hold_prolonged", "hold_lifted", "termination", "termination_wish", "right_limited", "right_ended",
    *project_facts.KINDS,
    "association_agreement", "association_refused", "association_welcome", "association_ended",
    "access_granted", "access_refused", "access_ended", "certification_reminder",
    "person_hold", "person_hold_prolonged", "person_hold_lifted",
)  # fmt: skip
TITLES = {
    "receipt": ("Kvittering for ansøgning om autorisation", "Receipt of your application"),
    "questions": ("Spørgsmål til ansøgningen om autorisation", "Questions about your application"),
    "reminder": ("Rykker: ubesvarede spørgsmål", "Reminder: unanswered questions"),
    "countersign_reminder": ("Rykker: aftalen mangler", "Reminder: agreement not signed"),
    "recommendation": ("Indstilling om autorisation", "Recommendation on authorisation"),
    "agreement": ("Autorisationsaftale", "Authorisation agreement"),
    "cover": ("Autorisationsaftale til underskrift", "Authorisation agreement for signature"),
    "rejection": ("Afslag på ansøgning om autorisation", "Rejection of your application"),
    "lapse": ("Sagen om autorisation er bortfaldet", "The case on authorisation has lapsed"),
    "withdrawal": ("Ansøgningen er trukket tilbage", "Your application has been withdrawn"),
    "responsible_declaration": ("Erklæring fra den ansvarlige", "Declaration"),
    "responsible_changed": ("Ny ansvarlig person", "New responsible person"),
    "extension_agreement": ("Tillægsaftale om udvidelse", "Supplementary agreement"),
    "right_limited": ("Jeres ret til virksomhedsdata er begrænset", "Your right is limited"),
    "right_ended": ("Jeres ret til virksomhedsdata er ophørt", "Your right has ended"),
    "yearly_review": ("Årlig gennemgang", "Yearly review"),
    "supplementary_agreement": ("Tillægsaftale", "Supplementary agreement"),
    "responsible_reminder": ("Rykker: erklæringen mangler", "Reminder: declaration not signed"),
    "extension_receipt": ("Kvittering for ansøgning om udvidelse", "Receipt: extension"),
    "extension_cover": ("Tillægsaftale til underskrift", "Supplementary agreement to sign"),
    "extension_rejection": ("Afgørelse om udvidelse", "Decision on the extension"),
    "extension_lapse": ("Sagen om udvidelse er bortfaldet", "The extension has lapsed"),
    "extension_withdrawal": ("Udvidelsen er trukket tilbage", "The extension is withdrawn"),
    "extension_in_force": ("Udvidelsen er i kraft", "The extension is in force"),
    "reopening": ("Ansøgningen er genoptaget", "Your application is handled again"),
    "welcome": ("Velkommen som autoriseret institution", "Welcome as an authorised institution"),
    "hold": ("Jeres autorisation er suspenderet", "Your authorisation is suspended"),
    "hold_prolonged": ("Jeres suspension er forlænget", "Your suspension is prolonged"),
    "hold_lifted": ("Jeres suspension er ophævet", "Your suspension is lifted"),
    "termination": ("Jeres autorisation er bragt til ophør", "Your authorisation is terminated"),
    "termination_wish": ("Jeres autorisation ophører efter eget ønske",
                         "Your authorisation ends as you wished"),
    **project_facts.TITLES,
    "association_agreement": ("Aftale om tilknytning", "Agreement on association"),
    "association_refused": ("Din tilknytning er ikke godkendt", "Your association is not approved"),
    "association_welcome": ("Velkommen: din tilknytning er aktiv",
                            "Welcome: your association is active"),
    "association_ended": ("Din tilknytning ophører", "Your association ends"),
    "access_granted": ("Du har fået adgang", "You have access to a project"),
    "access_refused": ("Din adgang er afvist", "Your access to a project is refused"),
    "access_ended": ("Din adgang ophører", "Your access to a project ends"),
    "person_hold": ("Din adgang til data er stoppet", "Your access to data is stopped"),
    "person_hold_prolonged": ("Stoppet af din adgang er forlænget",
                              "The stop of your access is prolonged"),
    "person_hold_lifted": ("Stoppet af din adgang er ophævet", "The stop of your access is lifted"),
    "certification_reminder": ("Din test udløber", "Your test in data security runs out"),
}  # fmt: skip
LONG = (
    "Kontakt os, hvis noget er uklart.\n\nDenne indstilling hviler på ansøgningen, på svarene på "
    "fire spørgsmål og på en samtale med miljøets leder. Miljøet har arbejdet med registerdata i "
    "mange år, og lederen har redegjort for, hvordan nye medarbejdere sættes ind i reglerne."
)


def facts_of(kind: str, language: str = "da", number: str = "D26-000123", **changes) -> dict:
    """A complete context for this kind of letter; `changes` replace single facts."""
    # The cover letter names the responsible person as text, the agreement as name and title.
    own = {"responsible": "Preben Bo Mortensen"} if kind.endswith("cover") else {}
    if kind.startswith("extension"):
        danish = language == "da"
        own["wanted"] = {"schemes": ["Projektdatabaseordningen" if danish else
                                     "Project database scheme"],
                         "right": "kun efter dispensation" if danish else "by exemption only"}  # fmt: skip
    if kind in project_facts.KINDS:
        own |= project_facts.facts(language)
    if kind.startswith(("association", "access", "certification", "person")):
        own |= _person(language)
    return _frame(kind, language, number) | _own(language) | own | changes


def _person(language):
    danish = language == "da"
    return {
        "person": "Åse Ræbild", "ident": "ARA", "mail": "aase@econ.au.dk",
        "type": "gæst" if danish else "guest", "answerable": "Mette Ågård",
        "approved_by": "Preben Bo Mortensen", "project": "701234",
        "approved_on": "16. november 2026" if danish else "16 November 2026",
        "title": "ph.d.-studerende" if danish else "doctoral student",
        "last_on": "31. december 2026" if danish else "31 December 2026",
        "passed_on": "3. marts 2026" if danish else "3 March 2026",
        "valid_until": "3. marts 2027" if danish else "3 March 2027",
    }  # fmt: skip


def _frame(kind, language, number):
    danish = language == "da"
    return {
        "office": {
            "agency": "Danmarks Statistik" if danish else "Statistics Denmark",
            "unit": "Forskningsservice" if danish else "Research Services",
            "address": ["Sankt Kjelds Plads 11", "2100 København Ø"],
            "mail": "fseautorisation@example.org", "phone": "39 17 30 30",
            "hours": "Man. 13-15, tirs.-fre. 10-12" if danish else "Mon 13-15, Tue-Fri 10-12",
            "complaint": "Afgørelsen kan påklages inden fire uger. Skriv til os, så sender vi "
            "klagen videre med vores bemærkninger." if danish else "You may complain about the "
            "decision within four weeks. Write to us, and we will pass it on with our remarks.",
        },
        "document": {
            "number": number, "title": TITLES[kind][0 if danish else 1],
            "date": "17. november 2026" if danish else "17 November 2026",
        },
        "case": {"number": "A26-0042"},
        "recipient": {
            "name": "Nationalt Center for Registerforskning, Aarhus Universitet",
            "attention": "Preben Bo Mortensen", "lines": ["Fuglesangs Allé 26", "8210 Aarhus V"],
        },
        "contact": {"name": "Karen Æbelø Sørensen"}, "language": language, "paragraph": "",
    }  # fmt: skip


def _own(language):
    danish = language == "da"
    questions = [
        {"number": 1, "about": "Erfaring" if danish else "Experience", "text":
         "Hvor mange medarbejdere har arbejdet med registerdata, og i hvilke projekter?" if danish
         else "How many members of staff have worked with register data, and in which projects?"},
        {"number": 3, "about": "", "text": "Beskriv, hvordan nye brugere sættes ind i reglerne.\n"
         "Vedlæg jeres skriftlige vejledning." if danish else
         "Describe how new users learn the rules.\nPlease enclose your written guide."},
    ]  # fmt: skip
    return {
        "received_on": "2. november 2026" if danish else "2 November 2026",
        "institution": "Nationalt Center for Registerforskning",
        "expected_days": 20, "questions": questions,
        "due_on": "1. december 2026" if danish else "1 December 2026",
        "lapse_on": "1. marts 2027" if danish else "1 March 2027",
        "sent_on": "20. november 2026" if danish else "20 November 2026",
        "agreement_number": "D26-000119", "cvr": "31119103",
        "type": "Offentligt universitet" if danish else "Public university",
        "outcome": "recommended", "text": LONG, "reservations": "",
        "evaluated_by": "Jens Østergaard",
        "criteria": [
            {"title": f"{'Kriterium' if danish else 'Criterion'} {n}: varigt miljø i Danmark",
             "answer": "Ja" if danish else "Yes",
             "note": "Se ansøgningens afsnit 2." if n % 2 else ""}
            for n in range(1, 8)
        ],
        "parent": "Aarhus Universitet", "address": ["Fuglesangs Allé 26", "8210 Aarhus V"],
        "responsible": {
            "name": "Preben Bo Mortensen", "title": "institutleder" if danish else "head",
        },
        "schemes": ["Forskerordningen", "Projektdatabaseordningen"] if danish else
        ["Researcher scheme", "Project database scheme"],
        "enterprise": {"right": "full", "text": "restricted enterprise data allowed"},
        "mail_domains": ["econ.au.dk", "au.dk"], "version": "1",
        "dst_signatory": "Birgitte Anker, rigsstatistiker",
        "reasons": LONG, "why": LONG, "date": "3. marts 2027" if danish else "3 March 2027",
        "authorisation_number": "131", "declaration_number": "D26-000131",
        "gap_since": "2. november 2026" if danish else "2 November 2026",
        "new": "Nanna Holst", "former": "Preben Bo Mortensen",
        "changes": [{"label": "Navn" if danish else "Name", "old": "Center", "new": "Institut",
                     "at_signature": False}],
        "right": "", "right_changed": True, "precautionary": False, "at_once": False,
        "in_full_force": True, "until": "",
        "cause": "Datasikkerhed", "condition": "Redegørelsen er godkendt" if danish else
        "The statement is approved", "day": "17. november 2026" if danish else "17 November 2026",
        "last_day": "31. december 2026" if danish else "31 December 2026",
        "from_on": "17. november 2026" if danish else "17 November 2026",
        "review_on": "17. november 2027" if danish else "17 November 2027",
        "roles": [
            {"role": "Autorisationsansvarlig" if danish else "Responsible for authorisation",
             "person": "Preben Bo Mortensen"},
            {"role": "Administrator", "person": "Mette Ågård"},
        ],
    }  # fmt: skip
