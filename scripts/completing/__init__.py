"""Completions of command lines: the program's grammar, and a file for each shell."""
