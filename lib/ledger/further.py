"""The last slide (S124)."""

from lib.ledger.statement import Section

section = Section("Further learning", chapter="further_reading", numbered=False)

section.argues(
    124,
    taught="The deck's own links (S124)",
    verdict="imprecise",
    prints="“Futher learning...”, “Goodfellow et. al.”, two links",
    correct="*Further*, *et al.* Both books are on our page of further reading.",
    support="Spelling; the two links stand on that page as the slide has them.",
)
