"""Controls: which hold, which were tested, which fade, which carry several risks?"""
