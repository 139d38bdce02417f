"""Awamado's bot: everything that answers people and everything staff decide."""
