"""One risk: what is it, how do we know, what holds it back?"""
