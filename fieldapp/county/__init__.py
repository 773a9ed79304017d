"""The reference county server."""
