"""The parts of plot.py: reading results, choosing an axis, drawing each kind of figure, writing it."""
