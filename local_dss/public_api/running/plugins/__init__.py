"""Plugins come and go: zips are unpacked, usages looked for."""
