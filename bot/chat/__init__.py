"""A citizen talks: events come in, are kept, answered once, and forgotten in time."""
