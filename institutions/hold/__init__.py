"""A hold on an institution: placed, prolonged, lifted, or over when its day has passed."""
