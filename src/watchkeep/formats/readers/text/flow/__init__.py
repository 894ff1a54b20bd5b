"""Plain text of a table whose cells were put out one after another, some out of order, some run into one
another.

Four steps: `stream` cuts the file into blocks, values and references; `labels` says which column a clean
block belongs to and learns how wide the columns are; `weave` takes apart the blocks in which several
columns are interleaved; `placing` gives every run of text to a risk.
"""

from __future__ import annotations
