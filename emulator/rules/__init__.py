"""What LINE accepts: limits, the shape of every message object, and the check of a body against them."""
