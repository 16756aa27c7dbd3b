"""One module a format: a Brief in, the bytes of a file out. No Qt, no SQL, no clock."""
