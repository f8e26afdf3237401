"""The command line: each command opens the library, does one thing, and prints text or (`--json`) JSON."""
