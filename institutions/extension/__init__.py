"""Extension of an authorisation: a further scheme or right, decided like an authorisation.

The same verbs as process 1 with the same actions, rules and forms; own are the opening, the facts
of the opening, and what being in force means.
"""
