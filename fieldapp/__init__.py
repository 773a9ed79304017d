"""Offline, encrypted household register and visit program for township and village cadres."""

__version__ = "0.1.0"
