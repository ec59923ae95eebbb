"""The number of different guides in a catalogue. Larger catalogues contain copies of them."""

PATTERNS = 1_000
