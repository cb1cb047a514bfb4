"""The methods that rank sentences, one module each."""
