"""Which language a reader gets, and how the bot speaks it. Pure: no request, no clock, no network."""
