"""A practice LINE: the Messaging API, its rules and its webhooks on one machine, with phones to talk from."""
