"""Methods that rank sentences, one module each."""
