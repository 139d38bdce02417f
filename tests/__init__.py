"""The tests: unit is pure, component has real storage, the others are named after what they check."""
