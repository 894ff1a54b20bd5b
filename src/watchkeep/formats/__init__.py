"""Bytes to register documents and back. No Django, no database, no judgement about risks."""
