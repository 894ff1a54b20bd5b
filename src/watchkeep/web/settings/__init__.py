"""The settings of a body: one folder for each page, and the side list that they share."""
