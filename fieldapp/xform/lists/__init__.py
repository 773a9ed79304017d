"""Secondary instances: choice lists and look-up tables, columnar where they are tables, trees where they are not."""
