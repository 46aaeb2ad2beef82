"""The questions of the chapter `gradient_descent`."""

QUESTIONS = []
