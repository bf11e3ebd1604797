"""What is done to the transcripts of the library and to their recordings.

`transcripts` brings them in and forgets them, `recordings` has the files. Each kind of job is a
module, `jobs_transcribe` for one; `chunks` is what that recognises, `align` gives words their
times, `export` writes files.
"""
