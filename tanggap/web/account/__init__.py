"""Sign-in, the second step and the page of one's own account."""
