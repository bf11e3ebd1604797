"""What HTTP asks of every route: login, errors, security, metrics, caches."""
