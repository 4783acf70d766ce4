"""The server around the pages: first answers, files for browsers, checks of what comes in, logs and numbers."""
