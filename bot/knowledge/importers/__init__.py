"""Clerks' files become a proposal: what would change in `content/`, row by row, and what is refused."""
