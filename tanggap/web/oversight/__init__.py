"""The pages of those who look and do not work on reports: heads, overseers, evaluators, the Ombudsman."""
