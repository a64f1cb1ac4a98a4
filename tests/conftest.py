"""What holds for all tests."""

import os

# Several processes run tests at once; threads for matrices of forty rows make each of them many times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
