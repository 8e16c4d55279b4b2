"""Campaigns that look for new examples: recipes, work units, and one file that holds what was found.

A *recipe* says what a candidate is and how it is judged; a *work unit* is a seed, and what the recipe makes
of it is a function of the seed alone; a *campaign* is a recipe with its parameters, and the state of its
units, in one SQLite file.
"""
