"""Compare numbers of topics and suggest one."""
