"""How many guides of a catalogue are made up each by itself; larger ones have copies of these."""

PATTERNS = 1_000
