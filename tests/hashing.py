"""The password hash of the product at the least cost, for tests that are about something else."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightArgon2(Argon2PasswordHasher):
    """Argon2 in one pass over little memory: a hundredth of the time, and nothing for real passwords."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
