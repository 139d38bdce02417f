"""What one resident decides about the city's notices: which topics, how often, and why one came. Pure."""
