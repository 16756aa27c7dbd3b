"""Recipes: how each kind of briefing is put together from what the database holds.

A recipe takes what its audience may see and returns one ``Brief``; every format renders that. To
add a kind of briefing: a module with ``compose``, and a line in ``registry``.
"""
