"""Speed, memory and fitting; never part of the test run."""
