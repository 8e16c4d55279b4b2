"""Exact realisations that the papers construct: exact data in, exact data out, nothing searched.

Each function returns what the statements of `exactsteer.statements` claim; nothing here is trusted.
"""
