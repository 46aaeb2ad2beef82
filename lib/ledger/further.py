"""The last slide (S124)."""

from lib.ledger.statement import Section

section = Section("Further learning", chapter="further_reading", numbered=False)

section.argues(
    124,
    taught="The deck's own links (S124)",
    verdict="correct",
    prints="two books for further learning, with their links",
    correct="Both are on our page of further reading.",
    support="The two links stand on that page as the slide has them.",
)
