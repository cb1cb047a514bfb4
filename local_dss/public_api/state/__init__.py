"""What the instance keeps: keys, objects as JSON files, work in progress."""
