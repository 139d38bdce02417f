"""Collection-day reminders: who wants what, when and in which words, and what is told after a change."""
