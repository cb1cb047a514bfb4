"""Code environments are built: interpreters are found, packages installed or checked."""
