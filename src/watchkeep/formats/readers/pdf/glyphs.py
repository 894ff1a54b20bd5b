"""What the codes of symbol fonts show: arrows and bullets stored as private characters or plain letters."""

from __future__ import annotations

# By code in the font; a PDF gives it as that letter or as U+F000 plus the code.
_WINGDINGS = {
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘",
    0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEB: "↖", 0xEC: "↗", 0xED: "↙", 0xEE: "↘",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "↔", 0xF4: "↕",
    0x6C: "•", 0x6E: "▪", 0x71: "❑", 0x76: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢",
    0xFC: "✓", 0xFB: "✗",
}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "←", 0x22: "→", 0x23: "↑", 0x24: "↓", 0x25: "↖", 0x26: "↗", 0x27: "↙", 0x28: "↘",
    0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x6A: "↖", 0x6B: "↗", 0x6C: "↙", 0x6D: "↘",
    0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶", 0x76: "◁", 0x77: "▷",
}  # fmt: skip
_SYMBOL = {
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB7: "•",
    0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓",
}  # fmt: skip
_WEBDINGS = {0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼"}
_FONTS = {"wingdings3": _WINGDINGS_3, "wingdings": _WINGDINGS, "webdings": _WEBDINGS, "symbol": _SYMBOL}
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"}  # as word processors set them


def shown(text: str, font: str) -> str:
    """The character that `text` shows in `font`; itself where the font is not one of the symbol fonts."""
    if text.isascii() and text.isalnum() and "ing" not in font and "ymbol" not in font:
        return text
    if text.startswith("(cid:"):
        return "\N{REPLACEMENT CHARACTER}"
    chart = _chart(font)
    if chart is not None and len(text) == 1:
        code = ord(text)
        code -= 0xF000 if 0xF000 <= code <= 0xF0FF else 0
        return chart.get(code, text)
    return _BULLETS.get(text, text)


def _chart(font: str) -> dict[int, str] | None:
    plain = font.rpartition("+")[2].lower().replace(" ", "").replace("-", "")
    for name, chart in _FONTS.items():
        if plain.startswith(name):
            return chart
    return None
