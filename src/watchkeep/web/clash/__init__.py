"""Two people changed one thing: what does each of them say, and what shall stand?"""
