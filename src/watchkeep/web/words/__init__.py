"""Words: what would a reader ask of what the register says, and what was answered?"""
