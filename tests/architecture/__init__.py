"""The rules every room keeps: who imports whom, how long things are, and the command that checks it all."""
