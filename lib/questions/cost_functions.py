"""The questions of the chapter `cost_functions`."""

QUESTIONS = []
