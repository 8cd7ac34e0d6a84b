"""Generates the Swift message types and codecs of Plimsoll from its SBE schema."""
