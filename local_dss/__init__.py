"""A stand-in for a Dataiku DSS instance that runs any plugin folder on one machine.

The package has two halves that never share a process:

- the **host** (this package: command line, form checks, recipe runner, flow builder, webapp host), started from the
  repository root as ``python -m local_dss``;
- the **child** (``local_dss/site/``), the only folder put on the ``PYTHONPATH`` of the processes that run plugin code.
  It holds the ``dataiku`` stand-in, the bootstrap of recipes and ``local_dss_storage``, the home folder on disk.

Both halves need the storage. It uses relative imports and the standard library only, so the child imports it as
``local_dss_storage`` and the host as ``local_dss.site.local_dss_storage``; the host never imports ``dataiku``.
"""
