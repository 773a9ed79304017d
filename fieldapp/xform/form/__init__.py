"""The immutable definition of a form: model, binds, texts, body, actions, and the graph of what follows from what."""
