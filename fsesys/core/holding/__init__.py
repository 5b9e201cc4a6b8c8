"""A hold on any record: placed, prolonged, lifted, or over when its day has passed.

What every hold shares; whom it stops, who may place it and what its letters say stands in the
process of the record (institutions/hold, researchers/hold).
"""
