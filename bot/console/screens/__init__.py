"""One file a screen: each makes a blueprint whose pages name what they need."""
