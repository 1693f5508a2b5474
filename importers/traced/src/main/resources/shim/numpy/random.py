from random import __getattr__, seed  # noqa: F401
