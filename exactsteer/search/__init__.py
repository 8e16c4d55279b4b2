"""Campaigns that look for new examples: recipes, work units, and one file that holds what was found.

A *recipe* says what a candidate is and how it is judged. A *work unit* is a number, and what the recipe
makes of it is a function of that number and the campaign's seed alone. A *campaign* is a recipe with its
parameters and a seed, and the state of its units, in one SQLite file.
"""
