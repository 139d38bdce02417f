"""A question and a reader become an Answer. Pure: no Flask, database, network, clock or environment."""
