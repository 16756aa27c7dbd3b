"""One module a format: bytes to a change-set. Feeds never touch the store."""
