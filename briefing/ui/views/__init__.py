"""The screens. No view knows another: what leads elsewhere is a ``Place`` that is asked for."""
