"""A module on the path of the driver alone."""
