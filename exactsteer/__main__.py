"""`python -m exactsteer`, the same as the command `exactsteer`."""

from .cli import main

main()
