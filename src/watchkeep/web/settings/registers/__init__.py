"""Which registers does the body keep, and whose are they?"""
