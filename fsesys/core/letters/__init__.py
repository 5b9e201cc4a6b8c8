"""Letters: from facts to a PDF, and from a signed copy back to facts.

compose.py makes the HTML, render.py the PDF, qr.py the code on it, signed.py reads what comes
back. Pure functions of what they are given: no model, no query, no clock, no network.
"""
