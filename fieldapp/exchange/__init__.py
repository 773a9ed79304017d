"""Workbooks in and out: national layouts, column mapping, row findings."""
