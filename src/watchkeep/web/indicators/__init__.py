"""Indicators: what do the series say, against which target, and which risk do they speak to?"""
