"""Settings, addresses and the WSGI entry of Tanggap."""
