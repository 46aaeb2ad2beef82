"""The questions of the chapter `backward_pass`."""

QUESTIONS = []
