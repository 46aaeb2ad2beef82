"""How fast `lib` is, beside what a reader would pick instead: `make bench`.

`naive` is the plain NumPy that everybody writes first, `contestants` are all who train the same
network, `measure` is the stop-watch, `cases` are the questions, `book` times the book itself.
The answers are in `lib/figures/speed.json`, which the chapter "How fast, and why" shows.
"""
