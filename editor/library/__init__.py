"""What is done to the transcripts of the library and to their recordings.

`transcripts` brings them in and forgets them, `recordings` has the files, `copies` those for
browsers; `transcribing` is the job, `pieces` what it hears, `timing` the times; `exports` writes
files.
"""
