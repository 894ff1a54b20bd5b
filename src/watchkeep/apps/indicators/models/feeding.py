"""Where readings come from by themselves: feeds, their settings and their runs."""
