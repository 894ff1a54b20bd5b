"""Search: where is it written?"""
