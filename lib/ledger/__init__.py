"""The deck, statement by statement: what each slide prints, what is correct, and a check that computes.

One small file a section; `statement.py` says what a statement is, `page.py` shows them all. A new
statement is a few lines in its section's file: the columns, a claim that is right, one that is not,
and a function that can tell the two apart.
"""

from lib.ledger import (
    absolute,
    chain_rule,
    chains,
    cost_words,
    cross_entropy,
    derivative,
    descent,
    forward,
    further,
    gradient,
    jacobian,
    local_derivatives,
    overview,
    partial,
    squared,
    updates,
    xor_forward,
)
from lib.ledger.statement import VERDICTS, anchor, judge

# In the deck's order.
FILES = (forward, overview, derivative, partial, gradient, jacobian, chain_rule, cost_words, squared)
FILES += (absolute, cross_entropy, descent, xor_forward, local_derivatives, chains, updates, further)
SECTIONS = [file.section for file in FILES]
STATEMENTS = [statement for section in SECTIONS for statement in section.statements]

__all__ = ["SECTIONS", "STATEMENTS", "VERDICTS", "anchor", "judge"]
