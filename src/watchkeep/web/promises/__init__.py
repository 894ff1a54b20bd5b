"""What is due, late, slipped, delivered without effect?"""
