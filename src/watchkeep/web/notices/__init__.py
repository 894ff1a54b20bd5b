"""What was I told, and how do I want to be told?"""
