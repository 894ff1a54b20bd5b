"""Turns the example data into the files that bodies send round: Word, workbook, PDF, web page, text."""
