"""Two days side by side: what came, what went, what says something else?"""
