"""The configuration: read from config.toml, checked at the door, written back where a command changes it."""
