"""The whole way of a notice in a real browser: written by keyboard, tested, approved on a phone, sent, reported."""
