"""What the instance runs: jobs, macros, scenarios, webapps."""
