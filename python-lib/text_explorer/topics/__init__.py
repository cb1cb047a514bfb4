"""Topic models, the terms that describe their topics, and the folder they are kept in."""
