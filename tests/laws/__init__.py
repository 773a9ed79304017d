"""The laws (hypothesis) of the suite, searched longer than a test run may take."""
