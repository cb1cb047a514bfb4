"""Small parts that several folders of the explorer use."""
