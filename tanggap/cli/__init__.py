"""The `./run` program: data folder, embedded PostgreSQL, server and worker, checks, backups.

It stands outside the layers: it prepares the ground (database, keys, processes) and hands
over to Django's management commands for everything that the product itself does.
"""
