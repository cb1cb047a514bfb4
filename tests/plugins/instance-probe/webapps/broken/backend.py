raise RuntimeError("the probe cannot be imported")
