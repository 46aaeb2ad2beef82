"""The questions of the chapter `differential_calculus`."""

QUESTIONS = []
