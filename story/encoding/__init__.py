"""Bytes of unknown encoding to text."""
