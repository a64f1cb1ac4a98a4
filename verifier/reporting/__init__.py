"""Reporting: judgements as text, as JSON, in detail; and what a report says checked again."""
