"""Kinds of documents, one a file. Each has SCHEMAS and section(given, others); registry.py finds it by them."""
