"""Ways out: letters are written here and handed to those who carry them."""
