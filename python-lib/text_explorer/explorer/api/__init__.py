"""The webapp's HTTP addresses: the only modules that import Flask."""
