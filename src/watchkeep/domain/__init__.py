"""The field's judgement, in plain Python: values that refuse to be built wrong and functions that decide.

Nothing here reads a clock, a setting, a file or a database, and nothing here knows Django.
"""
