"""The same sentences as the library sumy selects."""
