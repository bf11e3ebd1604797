"""The database under the store: tables, connections, upgrades, moves."""
