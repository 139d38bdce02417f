"""The words after `python -m bot`, one module each: its name is the word, its `command` the click command."""
