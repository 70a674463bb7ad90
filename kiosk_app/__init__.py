"""The terminal's application without a screen. Nothing here but composition knows Qt."""
