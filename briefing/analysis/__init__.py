"""Pure computation on core: identity, relevance, targeting, overlap, competing hypotheses."""
