"""A send order becomes frozen batches and calls to LINE, at most one a recipient."""
