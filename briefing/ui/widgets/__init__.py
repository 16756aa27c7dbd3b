"""The kit every screen is built from; each widget is given its ``Theme``."""
