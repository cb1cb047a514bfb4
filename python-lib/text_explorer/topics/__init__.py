"""Topic models: fitting, quality, description, storage, edits and assignment to new documents."""
