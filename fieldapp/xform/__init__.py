"""The form engine: reads an XForm, compiles its expressions, runs a live session, writes the submission. No Qt, no database, no network."""
