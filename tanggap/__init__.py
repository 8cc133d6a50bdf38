"""Tanggap: public-service complaints, answered fast, openly and in time."""

VERSION = "0.1.0"
