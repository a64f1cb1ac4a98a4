"""Whole documents: context files for the seed documents, and what is to be said of their steps."""
