"""A hold on a person: placed, prolonged, lifted, or over when its day has passed."""
