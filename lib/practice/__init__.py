"""Questions that take an answer: `ask(question)`, on the page and in the notebook."""

from lib.practice.given import Draw
from lib.practice.several import Blanks, Order
from lib.practice.show import ask, record
from lib.practice.single import Choice, Expression, Number

__all__ = ["Blanks", "Choice", "Draw", "Expression", "Number", "Order", "ask", "record"]
