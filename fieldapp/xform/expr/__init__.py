"""Expressions: lexer, parser, tree, and the compiler that turns a tree into one closure."""
