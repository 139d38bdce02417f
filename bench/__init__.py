"""How fast the bot is, each figure beside a simpler way of doing the same, measured in the same run."""
