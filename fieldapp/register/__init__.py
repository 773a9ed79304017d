"""The household register as frozen values: households, persons, visits, policy by year, data checks, merge. No I/O."""
