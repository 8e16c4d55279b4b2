"""`python -m exactsteer.cli`, the same as the command `exactsteer`."""

from . import main

main()
