"""The doors that anyone may open: filing, tracking, public reports, pages that explain."""
