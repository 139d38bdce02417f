"""The city's notices as one resident sees them: which they want, why one came, and what went out lately."""
