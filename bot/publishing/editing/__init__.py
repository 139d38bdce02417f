"""Single changes that staff make by hand: a word, a thing, a page, a text; each becomes a proposal."""
