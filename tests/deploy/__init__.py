"""What an internal server is promised, tried with real nginx: `python -m tests.deploy`."""
