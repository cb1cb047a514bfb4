"""The story of the documents: findings on topics, groups, documents and the model."""
