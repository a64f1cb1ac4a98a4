"""What holds for all tests."""

import gc
import os

# Several processes run tests at once; threads for matrices of forty rows make each of them many times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Terms and forms are many and have no cycles: to look for cycles among them often costs a twentieth of the time.
gc.set_threshold(50_000, 20, 50)
