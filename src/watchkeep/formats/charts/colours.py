"""The colours of pictures, the same as the tokens of the page's style sheet in daylight."""

INK = "#151a21"
QUIET = "#4a5562"
RULE = "#8794a5"
FAINT = "#d3d9e1"
PAPER = "#ffffff"

# What a point of a control chart says, as Making Data Count colours it; each has a shape of its own besides.
CONCERN = "#b4500a"
IMPROVEMENT = "#1c63b0"
CHANGE = "#6a3d9a"
MIXED = "#151a21"
COMMON = "#66758a"
AIM = "#17335f"  # targets and plans
AHEAD = "#9fb0c6"  # what is only forecast

MEANINGS = {
    "concern": (CONCERN, "square"),
    "improvement": (IMPROVEMENT, "diamond"),
    "change": (CHANGE, "triangle-up"),
    "mixed": (MIXED, "cross"),
    "": (COMMON, "circle"),
}
