"""The staff's web pages below `/console/`: who may open them, how they look, and one file a screen."""
