"""What every room may use: known errors, ids, the clock, atomic files, tasks, the log. Imports no other room."""
