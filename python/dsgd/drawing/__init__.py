"""Figures of results, by matplotlib alone: what the program, plot.py and the module draw."""
