"""Running on more than one machine: gunicorn's settings, its app, and examples as files."""
