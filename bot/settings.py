"""The environment, read once: one frozen Settings that reports every problem at once and hides secrets."""
