"""HTTP: turns requests into calls of the rooms below and their answers into JSON, pages and files.

Owns addresses, headers and the shapes of JSON. Decides nothing about transcripts.
"""

from editor.web.app import create_app
from editor.web.http.serve import serve, tune_interpreter
from editor.web.http.services import Services
from editor.web.http.sse_limits import Streams

__all__ = ["Services", "Streams", "create_app", "serve", "tune_interpreter"]
