"""Tables of words know their columns' names in each cell, so that a phone can show them as lists.

A table of numbers scrolls sideways on a phone, and that is bearable: its first column stays in view. A
table of sentences isn't, at four words a line. There the style puts the cells of a row under each other
(`.wordy`, `data-label`), and each says which column it is from.
"""

import theme

WORDS = 4  # a cell with more of them makes its table one of words


def name_cells(site, page):
    for table in page.soup.select(f"{theme.TEXT} table"):
        names = [name.get_text().strip() if name.math is None else "" for name in table.select("thead th")]
        if not names or not any(words(cell) > WORDS for cell in table.select("td")):
            continue
        table["class"] = [*table.get("class", []), "wordy"]
        for row in table.select("tbody tr"):
            for name, cell in zip(names, row.find_all("td"), strict=False):
                if name:
                    cell["data-label"] = name


def words(cell):
    """How many words a cell has; a formula is no word."""
    return sum(len(text.split()) for text in cell.find_all(string=True) if text.find_parent("math") is None)
