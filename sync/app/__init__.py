"""The use cases, a file for each thing a person wants done: they know all stages and print nothing."""
