"""Rules for where sentences end, applied on top of the abbreviations of sentencex."""
