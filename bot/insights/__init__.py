"""What was asked and what was not known, in numbers that lead back to nobody."""
