"""The sections of an actor's profile, one module each; ``actor_profile`` puts them on a page."""
