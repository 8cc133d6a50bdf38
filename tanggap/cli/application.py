"""The WSGI application in each worker of the web server: ties the worker's life to the server's."""

import os

from config.wsgi import application
from tanggap.cli.child import SERVER_PID, die_with

if SERVER_PID in os.environ:
    die_with(int(os.environ[SERVER_PID]))

__all__ = ["application"]
