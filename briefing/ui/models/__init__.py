"""Qt models over plain values: what lists and tables show."""
