"""What PR staff do: write one notice in every language, have it approved, send it once, see its effect."""
