"""Boards: when do they meet, what is before them, what did they ask and decide?"""
