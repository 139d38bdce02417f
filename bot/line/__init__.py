"""LINE at arm's length: the port the rest of the bot speaks to, and the only room that knows linebot."""
