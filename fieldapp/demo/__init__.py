"""The demo: a synthetic county, and the main job walked through with real parts."""
