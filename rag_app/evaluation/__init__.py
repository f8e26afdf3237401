"""Measuring Footnote: question sets, runs over them, and the figures of a run."""
