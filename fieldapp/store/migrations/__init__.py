"""The schema's revisions, oldest first. A released revision never changes; a new one is a new module in the list.

They are plain modules named here, not files looked for on disk, so that a frozen program has them too.
"""
