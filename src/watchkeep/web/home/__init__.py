"""Home: what is asked of me, and what matters now?"""
