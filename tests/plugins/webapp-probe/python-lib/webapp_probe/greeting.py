"""Something for the backend to import."""


def greeting(name):
    """Return a greeting."""
    return f"Hello, {name}!"
