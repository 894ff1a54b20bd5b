"""Files of readings (CSV, workbooks) to dated readings: a grid, a mapping that a person confirms, good rows
and those refused by line and cell. Nothing of a file is calculated, run or fetched.
"""

from watchkeep.formats.readings.dates import Order
from watchkeep.formats.readings.grid import Grid, Line, grid_of
from watchkeep.formats.readings.mapping import Mapping, Suggested, read_back, suggested, written
from watchkeep.formats.readings.objects import grid_of_objects, grid_of_rows
from watchkeep.formats.readings.plan import points_of, written_out
from watchkeep.formats.readings.rows import BadRow, Found, Row, once_each, rows
from watchkeep.formats.readings.words import mapped, parted

__all__ = [
    "BadRow",
    "Found",
    "Grid",
    "Line",
    "Mapping",
    "Order",
    "Row",
    "Suggested",
    "grid_of",
    "grid_of_objects",
    "grid_of_rows",
    "mapped",
    "once_each",
    "parted",
    "points_of",
    "read_back",
    "rows",
    "suggested",
    "written",
    "written_out",
]
