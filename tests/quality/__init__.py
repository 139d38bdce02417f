"""How well the real content and engine answer real wordings, measured beside simpler ways."""
