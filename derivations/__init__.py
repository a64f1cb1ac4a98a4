"""Identities that the checker has verified, one module per subject: import them, apply them, cite them."""
