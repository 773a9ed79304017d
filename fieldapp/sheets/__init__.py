"""一户一档 and every other print."""
