"""One entry of a table as an expression: the language of answers picks none by its place."""

ONE_OF_TWO = ("[1, 0]", "[0, 1]")


def entry(table, i, j):
    """The entry in row i and column j of a table of two rows and two columns."""
    return f"{ONE_OF_TWO[i]} @ ({table}) @ {ONE_OF_TWO[j]}"
