"""The home folder of the stand-in on disk: settings, projects, datasets, managed folders.

Used by the host and by the child processes, hence standard library and relative imports only::

    HOME/instance.json                               settings, every key optional
    HOME/projects/KEY/datasets/NAME/schema.json      columns and partitioning
    HOME/projects/KEY/datasets/NAME/data/            one CSV file without header per partition
    HOME/projects/KEY/managed_folders/ID/folder.json id, name, projectKey
    HOME/projects/KEY/managed_folders/ID/contents/   the files
    HOME/projects/KEY/jobs/ID/activity.log           log of one run
"""
