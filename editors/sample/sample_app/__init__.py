"""A small service that runs the firings of a pottery studio's kilns."""
