"""What risks are measured by: indicators, their readings and lines, and what was forecast of them."""
