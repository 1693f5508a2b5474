"""What was left out of the file that is being made: names by reason."""

import collections

names = collections.defaultdict(list)


def note(reason, name):
    names[reason].append(name)
