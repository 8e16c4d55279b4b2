"""A page about a folder of certificates: each is checked again, and only what is proved is shown."""
