"""The pages of those who oversee and evaluate; none yet."""
