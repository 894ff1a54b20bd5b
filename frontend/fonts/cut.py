"""Cuts the fonts that the paper carries: Inter for all it has, DejaVu Sans for what Inter lacks.

For maintainers only; the product needs none of these packages. Run in a throw-away environment:

    python3 -m venv cut && cut/bin/pip install fonttools brotli fontpkg-inter==4.1.post1
    npm pack @fontsource/dejavu-sans@5.3.0 && tar xzf fontsource-dejavu-sans-5.3.0.tgz
    cut/bin/python frontend/fonts/cut.py package src/watchkeep/formats/fonts
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}

# Latin with every European accent, Greek, Cyrillic, punctuation, currency, arrows, shapes and marks.
RANGES = (
    (0x0020, 0x024F),
    (0x0259, 0x0259),
    (0x02B0, 0x036F),
    (0x0370, 0x052F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x20CF),
    (0x2100, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x27BF),
    (0x2900, 0x2BFF),
    (0xFB00, 0xFB04),
    (0xFFFD, 0xFFFD),
)
MUST_HAVE = "↑→↓↔↗↘▲▼●■◆○◇□✓✗£€–—•…"


def cut(variable: Path, weight: int, target: Path) -> None:
    """One static weight, kept to the ranges above, without hinting; the same bytes each time."""
    font = instantiateVariableFont(
        TTFont(variable, recalcTimestamp=False), {"wght": weight, "opsz": 14}, inplace=False
    )
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum"], hinting=False)
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[point for first, last in RANGES for point in range(first, last + 1)])
    subsetter.subset(font)
    missing = [sign for sign in MUST_HAVE if ord(sign) not in font.getBestCmap()]
    if missing:
        raise SystemExit(f"the font lacks {missing}")
    style = WEIGHTS[weight]
    for record, value in {
        1: "Inter" if weight in (400, 700) else f"Inter {style}",
        2: style if weight in (400, 700) else "Regular",
        4: f"Inter {style}",
        6: f"Inter-{style}",
        16: "Inter",
        17: style,
    }.items():
        font["name"].setName(value, record, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(target)


def cut_the_rest(whole: Path, target: Path, covered: set[int]) -> set[int]:
    """What DejaVu Sans has and Inter has not (Arabic, Hebrew, Georgian, faces, dingbats …), unhinted."""
    font = TTFont(whole, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, recalc_timestamp=False)
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    # Joining and direction signs stay in both, so that a run of Arabic need not change font in the middle.
    subsetter.populate(
        unicodes=[
            sign
            for sign in font.getBestCmap()
            if sign not in covered or sign == 0x20 or 0x2000 <= sign < 0x2070
        ]
    )
    subsetter.subset(font)
    font.flavor = None
    font.save(target)
    return set(font.getBestCmap())


def ranges(signs: set[int]) -> list[list[int]]:
    """Runs of neighbours, first and last of each."""
    runs: list[list[int]] = []
    for sign in sorted(signs):
        if runs and sign == runs[-1][1] + 1:
            runs[-1][1] = sign
        else:
            runs.append([sign, sign])
    return runs


def main() -> None:
    """Write the fonts, their licences and the list of signs they cover into the folder named last."""
    dejavu, folder = Path(sys.argv[1]), Path(sys.argv[2])
    source = Path(str(files("fontpkg_inter")))
    for weight, style in WEIGHTS.items():
        cut(source / "files" / "Inter[opsz,wght].ttf", weight, folder / f"Inter-{style}.ttf")
    shutil.copyfile(source / "LICENSE", folder / "Inter-OFL.txt")
    covered = set(TTFont(folder / "Inter-Regular.ttf").getBestCmap())
    covered |= cut_the_rest(
        dejavu / "files" / "dejavu-sans-latin-400-normal.woff2", folder / "DejaVuSans.ttf", covered
    )
    shutil.copyfile(dejavu / "LICENSE", folder / "DejaVuSans-LICENSE.txt")
    (folder / "coverage.json").write_text(json.dumps(ranges(covered), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
