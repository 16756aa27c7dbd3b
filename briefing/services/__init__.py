"""Use cases, one verb a module. They know no Qt: a window, a command or a test may call them."""
