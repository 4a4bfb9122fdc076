"""Phrases of plans in English, French and Spanish: numbers, days, targets, symbols, names of levels.

Each module takes words and says what they mean; none knows where in a document they stand. So readers of
formats use them as well as the interpretation.
"""
