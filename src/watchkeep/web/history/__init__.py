"""The history: who changed what, when, why; does it verify?"""
