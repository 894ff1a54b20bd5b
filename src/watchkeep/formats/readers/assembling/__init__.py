"""How found cells become a register: headings, rows, forms, lists, dates and ratings. Only assemble.py is
called.
"""
