"""The menu below the chat, one a language: described, drawn, brought to LINE, and given to each reader."""
