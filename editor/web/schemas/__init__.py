"""What requests may say, and what responses say: shapes in JSON."""
