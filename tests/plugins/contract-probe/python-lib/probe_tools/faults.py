"""An error class of the plugin, raised below the recipe."""


class ProbeSettingsError(ValueError):
    """The settings make no sense."""


def refuse(reason):
    """Raise at some depth below the recipe."""
    raise ProbeSettingsError(reason)
