"""Where files lie: recordings, uploads, the room on the disk."""
