"""What is in the vault, by meaning: the one write path, queries, search, migrations."""
