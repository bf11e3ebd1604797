"""HTTP: turns requests into calls of the rooms below and their answers into JSON, pages and files.

Owns addresses, headers and the shapes of JSON. Decides nothing about transcripts.
"""

from editor.web.app import create_app
from editor.web.http.serve import collect_garbage_seldom, serve
from editor.web.http.services import Services
from editor.web.http.sse_limits import Streams

__all__ = ["Services", "Streams", "collect_garbage_seldom", "create_app", "serve"]
